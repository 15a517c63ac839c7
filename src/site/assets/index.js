// The index: finds runs by what they are called, who plays, what happened; orders them.
'use strict';

(() => {
  const HITS_MAX = 40;
  const runs = window.demiurge;
  const [search, order, list] = ['search', 'order', 'list'].map((id) =>
    document.getElementById(id),
  );
  const [hits, found] = ['hits', 'found'].map((id) => document.getElementById(id));
  const cards = new Map(runs.map((run) => [run, document.getElementById(`run-${run.slug}`)]));

  function hit(run, take, text, place) {
    const link = document.createElement('a');
    link.href = `${run.slug}-take-${take}.html${place}`;
    link.textContent = text;
    const item = document.createElement('li');
    item.append(link, ` ${run.title}`);
    return item;
  }

  function matchesOf(run, words) {
    const has = (text) => words.every((word) => text.includes(word));
    const told = run.told.filter(([, text]) => has(text.toLowerCase()));
    const said = run.said.filter(([id]) => has(id.toLowerCase()));
    const named = has(`${run.title} ${run.run} ${run.words}`.toLowerCase());
    return { run, told, said, named };
  }

  function show() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const all = runs.map((run) => matchesOf(run, words));
    const kept = all.filter(({ told, said, named }) => named || told.length + said.length > 0);
    for (const { run } of all) cards.get(run).hidden = !kept.some((one) => one.run === run);
    hits.replaceChildren();
    found.textContent = '';
    if (words.length === 0) return;
    const items = kept.flatMap(({ run, told, said }) => [
      ...said
        .toSorted((a, b) => a[0].length - b[0].length)
        .map(([id, take]) => hit(run, take, id, `#${encodeURIComponent(id)}`)),
      ...told.map(([take, text]) => hit(run, take, text, '#story')),
    ]);
    hits.append(...items.slice(0, HITS_MAX));
    const more = items.length > HITS_MAX ? `, the first ${HITS_MAX} shown` : '';
    const passages = items.length === 1 ? '1 passage' : `${items.length} passages`;
    const of = `${kept.length} of ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`;
    found.textContent = `${of}, ${passages}${more}.`;
  }

  const ORDERS = {
    newest: (a, b) => Number(b.dataset.start) - Number(a.dataset.start),
    longest: (a, b) => Number(b.dataset.length) - Number(a.dataset.length),
    laps: (a, b) => Number(b.dataset.laps) - Number(a.dataset.laps),
    title: (a, b) => a.dataset.title.localeCompare(b.dataset.title),
  };

  search.addEventListener('input', show);
  order.addEventListener('change', () =>
    list.append(...[...list.children].sort(ORDERS[order.value])),
  );
  document.getElementById('finder').hidden = false;
  show();
})();
