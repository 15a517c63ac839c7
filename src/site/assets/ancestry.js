// The ancestry of an envelope: a layered graph whose nodes are chosen and heard.
'use strict';

(() => {
  const [ID, AGENT, , CARRIES, AT, SECONDS, LAP, SHADE, PARENTS, SOUND, PAGE, ORIGINS] = [
    ...Array(12).keys(),
  ];
  const WORDS = {
    audio: 'a sound',
    mel: 'a mel-spectrogram',
    descriptors: 'a string of descriptors',
  };
  const NODES_MAX = 28;
  const [COLUMN, ROW, NODE_WIDTH, NODE_HEIGHT] = [206, 60, 158, 48];
  const { rows, soundings } = window.demiurge;
  const numberOf = new Map(rows.map((row, number) => [row[ID], number]));
  const place = document.getElementById('family');
  const voice = document.body.appendChild(new Audio());
  let queue = [];

  const parentsOf = (number) =>
    rows[number][PARENTS].map((way) =>
      way < 0 ? { number: -way - 1, returns: true } : { number: way, returns: false },
    );

  /** Every ancestor, nearest generation first. */
  function ancestorsOf(number) {
    const found = new Set();
    let generation = [number];
    while (generation.length > 0) {
      const next = [];
      for (const one of generation) {
        for (const parent of parentsOf(one)) {
          if (found.has(parent.number)) continue;
          found.add(parent.number);
          next.push(parent.number);
        }
      }
      generation = next;
    }
    return [...found];
  }

  /** Generations: each node as far from the chosen one as its longest line of descent. */
  function layersOf(shown) {
    const depth = new Map(shown.map((number) => [number, 0]));
    for (const number of shown.toSorted((a, b) => b - a)) {
      for (const { number: parent } of parentsOf(number)) {
        if (!depth.has(parent)) continue;
        depth.set(parent, Math.max(depth.get(parent), depth.get(number) + 1));
      }
    }
    const layers = [];
    for (const [number, d] of depth) (layers[d] ??= []).push(number);
    return untangled(layers);
  }

  /** Every layer in the order of those it speaks to, so that fewer lines cross. */
  function untangled(layers) {
    const height = new Map();
    for (const layer of layers) {
      const heard = new Map(layer.map((number) => [number, []]));
      for (const [child, y] of height) {
        for (const { number } of parentsOf(child)) heard.get(number)?.push(y);
      }
      const mean = (number) => {
        const ys = heard.get(number);
        return ys.length === 0 ? 0 : ys.reduce((a, b) => a + b, 0) / ys.length;
      };
      layer.sort((a, b) => mean(a) - mean(b) || a - b);
      layer.forEach((number, i) => height.set(number, i - (layer.length - 1) / 2));
    }
    return layers;
  }

  function element(name, attributes = {}, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  function lengthOf(row) {
    return row[SECONDS] > 0 ? `, ${Math.round(row[SECONDS] * 10) / 10} s long` : '';
  }

  function clock(seconds) {
    const minutes = Math.floor(seconds / 60);
    const rest = Math.floor((seconds - minutes * 60) * 10) / 10;
    return `${minutes}:${rest.toFixed(1).padStart(4, '0')}`;
  }

  function nodeOf(number, chosen, { x, y }) {
    const row = rows[number];
    const glyph = row[SOUND] ? '▶ ' : '';
    const button = element('button', { type: 'button', class: `node l${row[SHADE]}` });
    button.append(glyph + row[ID], element('span', {}, `lap ${row[LAP]} · ${row[CARRIES]}`));
    button.style.left = `${x}px`;
    button.style.top = `${y}px`;
    button.dataset.number = number;
    if (number === chosen) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', () => choose(number, { play: true, focus: true }));
    return button;
  }

  function drawEdges(shown, spots, size) {
    const NS = 'http://www.w3.org/2000/svg';
    const svg = document.createElementNS(NS, 'svg');
    svg.setAttribute('width', size.width);
    svg.setAttribute('height', size.height);
    svg.setAttribute('aria-hidden', 'true');
    for (const number of shown) {
      const to = spots.get(number);
      for (const { number: parent, returns } of parentsOf(number)) {
        const from = spots.get(parent);
        if (from === undefined) continue;
        const [x1, y1] = [from.x + NODE_WIDTH, from.y + NODE_HEIGHT / 2];
        const [x2, y2] = [to.x, to.y + NODE_HEIGHT / 2];
        const bend = Math.max(24, (x2 - x1) / 2);
        const path = document.createElementNS(NS, 'path');
        path.setAttribute('d', `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`);
        const far = x2 - x1 > COLUMN;
        path.setAttribute('class', `${returns ? 'returns' : 'feeds'}${far ? ' far' : ''}`);
        svg.append(path);
      }
    }
    return svg;
  }

  function drawGraph(chosen, ancestors) {
    const shown = [chosen, ...ancestors.slice(0, NODES_MAX)];
    const layers = layersOf(shown);
    const tallest = Math.max(...layers.map((layer) => layer.length));
    const size = {
      width: (layers.length - 1) * COLUMN + NODE_WIDTH,
      height: tallest * ROW,
    };
    const spots = new Map();
    layers.forEach((layer, depth) => {
      const top = (size.height - layer.length * ROW) / 2 + (ROW - NODE_HEIGHT) / 2;
      layer.forEach((number, i) =>
        spots.set(number, { x: (layers.length - 1 - depth) * COLUMN, y: top + i * ROW }),
      );
    });
    const inner = element('div', { class: 'inner' }, drawEdges(shown, spots, size));
    inner.style.width = `${size.width}px`;
    inner.style.height = `${size.height}px`;
    for (const number of shown.toReversed())
      inner.append(nodeOf(number, chosen, spots.get(number)));
    const label = `Ancestors of ${rows[chosen][ID]}`;
    return element('div', { class: 'family', role: 'region', 'aria-label': label }, inner);
  }

  function wordsOf(chosen, ancestors) {
    const row = rows[chosen];
    const told = element('p', {}, element('span', { class: 'id' }, row[ID]));
    const what = WORDS[row[CARRIES]] ?? row[CARRIES];
    const when = `${clock(row[AT])}${lengthOf(row)}, lap ${row[LAP]}`;
    const sources = [...new Set([chosen, ...ancestors].flatMap((one) => rows[one][ORIGINS]))];
    const files = [...new Set(sources.map((source) => source.replace(/ at sample \d+$/, '')))];
    const count = ancestors.length;
    const left = count > NODES_MAX ? `, of whom the nearest ${NODES_MAX} are drawn` : '';
    told.append(
      `, ${what} that ${row[AGENT]} said at ${when}. `,
      count === 0
        ? 'It has no ancestors'
        : `It has ${count} ancestor${count === 1 ? '' : 's'}${left}`,
    );
    if (files.length > 0) told.append(`; it goes back to ${files.join(', ')}`);
    told.append('.');
    return told;
  }

  function play(numbers) {
    for (const other of document.querySelectorAll('audio')) other.pause();
    queue = numbers.filter((number) => rows[number][SOUND]);
    playNext();
  }

  function playNext() {
    for (const node of place.querySelectorAll('.playing')) node.classList.remove('playing');
    const number = queue.shift();
    if (number === undefined) return;
    voice.src = rows[number][SOUND];
    place.querySelector(`[data-number="${number}"]`)?.classList.add('playing');
    voice.play().catch(() => {});
  }

  voice.id = 'voice';
  voice.addEventListener('ended', playNext);
  for (const player of document.querySelectorAll('audio.recording')) {
    player.addEventListener('play', () => voice.pause());
  }

  function action(text, does) {
    const button = element('button', { type: 'button', class: 'act' }, text);
    button.addEventListener('click', does);
    return button;
  }

  function actionsOf(chosen, ancestors) {
    const row = rows[chosen];
    const shown = ancestors.slice(0, NODES_MAX).filter((number) => rows[number][SOUND]);
    const sounding = soundings.find(([number]) => number === chosen);
    const actions = [];
    if (row[SOUND]) actions.push(action('Hear it', () => play([chosen])));
    if (shown.length > 0) {
      const line = [...shown, ...(row[SOUND] ? [chosen] : [])].toSorted((a, b) => a - b);
      actions.push(action('Hear its line, eldest first', () => play(line)));
    }
    if (sounding && isHere(row)) {
      const seek = () =>
        document.dispatchEvent(new CustomEvent('demiurge:seek', { detail: sounding[1] }));
      actions.push(action('Hear it in the recording', seek));
    }
    if (actions.length > 0)
      actions.push(
        action('Stop', () => play([])),
        '',
      );
    return actions;
  }

  function isHere(row) {
    return location.pathname.endsWith(`/${row[PAGE]}`);
  }

  /** Shows whom an envelope came from; plays it if that is wanted and it is a sound. */
  function choose(number, { play: heard = false, focus = false, show = false } = {}) {
    const ancestors = ancestorsOf(number);
    const person = element('div', { class: 'person' }, wordsOf(number, ancestors));
    person.append(...actionsOf(number, ancestors));
    const graph = drawGraph(number, ancestors);
    place.replaceChildren(person, graph);
    graph.scrollLeft = graph.scrollWidth;
    document.dispatchEvent(new CustomEvent('demiurge:chosen', { detail: rows[number][ID] }));
    if (heard) play([number]);
    if (focus) place.querySelector('[aria-current]').focus({ preventScroll: true });
    if (show) place.parentElement.scrollIntoView({ block: 'nearest' });
  }

  /** Where a link leads: one of an SVG has no address of its own. */
  function endOf(link) {
    return new URL(link.getAttribute('href'), location.href);
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href*="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const { hash, pathname } = endOf(link);
    const number = numberOf.get(decodeURIComponent(hash.slice(1)));
    if (number === undefined || pathname !== location.pathname) return;
    event.preventDefault();
    history.replaceState(null, '', hash);
    choose(number, { play: true, show: !link.closest('.lane') });
  });

  const arrived = numberOf.get(decodeURIComponent(location.hash.slice(1)));
  const heard = soundings.filter(([number]) => isHere(rows[number])).at(-1)?.[0];
  if (arrived !== undefined) choose(arrived, { show: true });
  else if (heard !== undefined) choose(heard);
})();
