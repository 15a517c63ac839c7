// The stage of a take: the playhead follows the recording, a click seeks, bars are told and chosen.
'use strict';

(() => {
  const stage = document.getElementById('stage');
  const playhead = document.getElementById('playhead');
  const tell = document.getElementById('tell');
  const players = [...document.querySelectorAll('audio.recording')];
  const bars = [...stage.querySelectorAll('.lane a')];
  const byId = new Map(bars.map((bar) => [idOf(bar), bar]));
  const lanes = [...stage.querySelectorAll('.lane')].map((lane) => [...lane.querySelectorAll('a')]);
  const begins = Number(stage.dataset.from);
  const length = Number(stage.dataset.to) - begins;
  const hint = tell.textContent;
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let current = players[0];

  function idOf(link) {
    return decodeURIComponent(link.getAttribute('href').slice(1));
  }

  function secondsOf(player) {
    return Number(player.dataset.from) + player.currentTime;
  }

  function showPlayhead() {
    const share = (secondsOf(current) - begins) / length;
    const label = stage.querySelector('.label').offsetWidth;
    const width = stage.querySelector('.track').offsetWidth;
    playhead.hidden = false;
    playhead.style.left = `${label + Math.min(1, Math.max(0, share)) * width}px`;
    showSounding();
  }

  /** Marks what sounds now, and says it where nothing else is told. */
  function showSounding() {
    if (current.paused) return;
    const now = secondsOf(current);
    const { rows = [], soundings = [] } = window.demiurge ?? {};
    const heard = soundings.filter(([, from, to]) => from <= now && now < to).map(([row]) => row);
    for (const bar of stage.querySelectorAll('.now')) bar.classList.remove('now');
    for (const row of heard) byId.get(rows[row][0])?.classList.add('now');
    const words = heard.map((row) => `${rows[row][0]} (lap ${rows[row][6]})`);
    tell.textContent = words.length > 0 ? `Sounding now: ${words.join(', ')}` : 'Silence.';
  }

  function follow() {
    showPlayhead();
    if (!current.paused && !calm.matches) requestAnimationFrame(follow);
  }

  function seek(seconds) {
    const player = players.find(
      (one) => seconds >= Number(one.dataset.from) && seconds <= Number(one.dataset.to),
    );
    if (player === undefined) return;
    if (player !== current) current.pause();
    current = player;
    player.currentTime = seconds - Number(player.dataset.from);
    showPlayhead();
  }

  for (const player of players) {
    player.addEventListener('play', () => {
      current = player;
      for (const other of document.querySelectorAll('audio')) if (other !== player) other.pause();
      follow();
    });
    player.addEventListener('timeupdate', () => player === current && showPlayhead());
    player.addEventListener('pause', () => player === current && (tell.textContent = hint));
  }

  for (const track of stage.querySelectorAll('.seek')) {
    track.addEventListener('click', (event) => {
      const box = track.getBoundingClientRect();
      seek(begins + ((event.clientX - box.left) / box.width) * length);
    });
  }

  function describe(event) {
    const bar = event.target.closest?.('.lane a');
    if (bar) tell.textContent = bar.querySelector('title').textContent;
  }

  stage.addEventListener('pointerover', describe);
  stage.addEventListener('focusin', describe);

  /** One bar is in the order of tabs; arrow keys lead from it to the others. */
  function rove(bar) {
    for (const other of stage.querySelectorAll('.lane a[tabindex="0"]')) other.tabIndex = -1;
    bar.tabIndex = 0;
    bar.focus();
  }

  function middleOf(bar) {
    const box = bar.getBoundingClientRect();
    return box.left + box.width / 2;
  }

  function nearest(lane, x) {
    return lane?.reduce((a, b) => (Math.abs(middleOf(b) - x) < Math.abs(middleOf(a) - x) ? b : a));
  }

  stage.addEventListener('keydown', (event) => {
    const bar = event.target.closest?.('.lane a');
    if (!bar) return;
    const row = lanes.findIndex((lane) => lane.includes(bar));
    const place = lanes[row].indexOf(bar);
    const next = {
      ArrowLeft: () => lanes[row][place - 1],
      ArrowRight: () => lanes[row][place + 1],
      ArrowUp: () => nearest(lanes[row - 1], middleOf(bar)),
      ArrowDown: () => nearest(lanes[row + 1], middleOf(bar)),
      Home: () => lanes[row][0],
      End: () => lanes[row].at(-1),
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const found = next();
    if (found) rove(found);
  });

  if (bars.length > 0) bars[0].tabIndex = 0;

  document.addEventListener('demiurge:chosen', ({ detail }) => {
    for (const bar of stage.querySelectorAll('.chosen')) bar.classList.remove('chosen');
    byId.get(detail)?.classList.add('chosen');
  });

  document.addEventListener('demiurge:seek', ({ detail }) => {
    seek(detail);
    void current?.play();
  });

  for (const button of document.querySelectorAll('.copy')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const code = button.parentElement.querySelector('code');
      getSelection().selectAllChildren(code);
      navigator.clipboard?.writeText(code.textContent).then(
        () => (button.textContent = 'Copied'),
        () => (button.textContent = 'Selected'),
      );
    });
  }
})();
