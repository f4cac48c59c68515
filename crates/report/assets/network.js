// Typed ties between people and organisations; co-mention apart, and off by default.
const TIE = { met: ['var(--accent)'], visited: ['var(--loc)', '10 3'], signed: ['var(--agr)'], chaired: ['var(--org)', '8 3 2 3'], conferred: ['var(--event)', '5 3'], together: ['var(--prod)', '2 3'], invited: ['var(--planned)', '7 4'], message: ['var(--removed)', '2 4 7 4'], other: ['var(--soft)'], co_mentioned: ['var(--soft)', '1 4'] };
const tieName = kind => t(kind === 'signed' ? 'co_signed' : kind);
const swatch = kind => s('svg', { width: 26, height: 8, 'aria-hidden': 'true' }, s('line', { x1: 1, x2: 25, y1: 4, y2: 4, 'stroke-dasharray': TIE[kind][1] || null, style: `stroke: ${TIE[kind][0]}; stroke-width: 3` }));

// Nodes and their names find room: what lies on another is pushed off it, the smaller one further.
// Around the large there is more room, for their names.
function settle(nodes, width, height, edge) {
  const apart = nodes.length > 60 ? 12 : 24;
  for (let round = 0; round < 80; round++) for (let i = 0; i < nodes.length; i++) for (let j = i + 1; j < nodes.length; j++) {
    const a = nodes[i], b = nodes[j], dx = b.x - a.x, dy = b.y - a.y, far = Math.hypot(dx, dy * 1.4) || 1, need = a.r + b.r + apart + 4 * Math.max(0, Math.min(a.r, b.r) - 6);
    if (far >= need) continue;
    const push = (need - far) / far * .5, ux = dx || (i % 2 ? 1 : -1), uy = dy || 1, ease = a.r / (a.r + b.r);
    a.x -= ux * push * (1 - ease); a.y -= uy * push * (1 - ease); b.x += ux * push * ease; b.y += uy * push * ease;
    for (const n of [a, b]) { n.x = Math.min(width - edge, Math.max(edge, n.x)); n.y = Math.min(height - 26, Math.max(26, n.y)); }
  }
}

function networkChart(edges, width, tell) {
  const places = data('layout'), small = width < 600;
  const drawn = edges.filter(e => places[e.source] && places[e.target]), degree = new Map();
  for (const e of drawn) for (const id of [e.source, e.target]) degree.set(id, (degree.get(id) || 0) + e.weight);
  const most = Math.max(1, ...degree.values()), nodes = [...degree].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([id, n]) => ({ id, n, r: (small ? 4 : 5) + (small ? 8 : 11) * Math.sqrt(n / most) }));
  const height = Math.min(760, 220 + nodes.length * 24), edge = small ? 24 : 90;
  // The layout knows all ties; what is shown of it fills the drawing.
  for (const [axis, key, from, to] of [[0, 'x', edge, width - edge], [1, 'y', 30, height - 30]]) {
    const all = nodes.map(n => places[n.id][axis]), low = Math.min(...all), high = Math.max(...all);
    for (const n of nodes) n[key] = from + (high > low ? (places[n.id][axis] - low) / (high - low) : .5) * (to - from);
  }
  settle(nodes, width, height, edge);
  const by = new Map(nodes.map(n => [n.id, n]));
  const near = new Map(nodes.map(n => [n.id, new Set([n.id])]));
  for (const e of drawn) { near.get(e.source).add(e.target); near.get(e.target).add(e.source); }
  const svg = s('svg', { class: 'net', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': t('net_alt', { n: nodes.length, m: drawn.length }) });
  const sameEnds = new Map();
  const lines = drawn.map(e => {
    const key = e.source + e.target, nth = sameEnds.get(key) || 0; sameEnds.set(key, nth + 1);
    const a = by.get(e.source), b = by.get(e.target), bend = nth * 14 * (nth % 2 ? 1 : -1), long = Math.hypot(b.x - a.x, b.y - a.y) || 1, [color, dash] = TIE[e.kind];
    return s('path', { d: `M${a.x} ${a.y}Q${(a.x + b.x) / 2 - (b.y - a.y) / long * bend * 2} ${(a.y + b.y) / 2 + (b.x - a.x) / long * bend * 2} ${b.x} ${b.y}`, 'data-a': e.source, 'data-b': e.target, fill: 'none', 'stroke-dasharray': dash || null, style: `stroke: ${color}; stroke-width: ${e.kind === 'co_mentioned' ? 1 : 1 + Math.min(5, Math.sqrt(e.weight))}; stroke-opacity: ${e.kind === 'co_mentioned' ? .5 : .8}` }, s('title', {}, `${entity(e.source).name} – ${entity(e.target).name}: ${tieName(e.kind)} × ${e.weight}`));
  });
  const light = id => { for (const mark of svg.querySelectorAll('path, a, text')) mark.classList.toggle('dim', !!id && !(mark.dataset.id ? near.get(id).has(mark.dataset.id) : mark.dataset.a === id || mark.dataset.b === id)); };
  // A name stands where nothing is in its way, those of the largest first, or waits for the pointer.
  const boxes = nodes.map(n => ({ n, box: [n.x - n.r, n.y - n.r, n.x + n.r, n.y + n.r] })), taken = [], labels = [];
  const hits = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  // Ties that run through a box, looked at in twenty places, bends apart.
  const crossed = box => drawn.filter(e => { const a = by.get(e.source), b = by.get(e.target); for (let i = 1; i < 20; i++) { const x = a.x + (b.x - a.x) * i / 20, y = a.y + (b.y - a.y) * i / 20; if (hits(box, [x, y, x, y])) return true; } return false; }).length;
  const label = (node, rank) => {
    const name = entity(node.id).name, long = name.length * 6.7 + 4, { x, y, r } = node;
    const spots = [['start', r + 4, 4], ['end', -r - 4, 4], ['middle', 0, r + 14], ['middle', 0, -r - 5]];
    if (x > width * .62) spots.unshift(spots.splice(1, 1)[0]);
    const clear = (box, least) => box[0] > 0 && box[2] < width && box[3] < height && !taken.some(other => hits(other, box)) && !boxes.some(o => o.n !== node && o.n.r > least && hits(o.box, box));
    const places = spots.map(([anchor, dx, dy]) => { const from = x + dx - (anchor === 'end' ? long : anchor === 'middle' ? long / 2 : 0); return { anchor, dx, dy, box: [from, y + dy - 11, from + long, y + dy + 3] }; });
    for (const place of places) place.crossed = crossed(place.box);
    places.sort((a, b) => a.crossed - b.crossed);
    // The first few have their names at any rate, over small nodes if need be.
    for (const least of rank < 12 ? [0, node.r * .8] : [0]) for (const { anchor, dx, dy, box } of places) {
      if (!clear(box, least)) continue;
      taken.push(box);
      labels.push(s('text', { x: x + dx, y: y + dy, 'text-anchor': anchor, 'data-id': node.id, 'aria-hidden': 'true' }, name));
      return;
    }
  };
  let chosen = '', touched = false;
  const pick = node => { chosen = node.id; light(node.id); const mine = drawn.filter(e => e.source === node.id || e.target === node.id), kinds = new Map(); for (const e of mine) kinds.set(e.kind, (kinds.get(e.kind) || 0) + e.weight); tell(node.id, [...kinds].map(([kind, n]) => `${tieName(kind)} ${n}`).join(', ')); };
  const dots = nodes.map(node => s('a', { href: link('entity', node.id), 'data-id': node.id, 'aria-label': `${entity(node.id).name}: ${number(node.n)}`, onmouseenter: () => light(node.id), onmouseleave: () => light(chosen), onfocus: () => light(node.id), onblur: () => light(chosen), onpointerdown: e => { touched = e.pointerType !== 'mouse'; },
    // The first tap shows the ties, the second opens the page.
    onclick: e => { if (touched && chosen !== node.id) { e.preventDefault(); pick(node); } } }, s('circle', { cx: node.x, cy: node.y, r: node.r, style: `fill: var(--${entity(node.id).type.toLowerCase()})` }), s('title', {}, entity(node.id).name)));
  nodes.forEach(label);
  svg.append(...lines, ...dots, ...labels);
  return nodes.length ? svg : h('p', { class: 'empty' }, t('none'));
}

function network() {
  const kinds = Object.keys(TIE).filter(kind => data('network').some(e => e.kind === kind));
  const chart = h('div', { class: 'chart' }), told = h('p', { class: 'note', role: 'status' }), list = h('div');
  const tell = (id, words) => told.replaceChildren(h('b', {}, entity(id).name), `: ${words} · `, h('a', { href: link('entity', id) }, t('tap_again')));
  const off = () => filters.off.split(',').filter(Boolean);
  const year = id => eventRow(id)?.date.first?.slice(0, 4), inYears = id => { const y = year(id); return (!filters.from || (y && y >= filters.from)) && (!filters.to || (y && y <= filters.to)); };
  const shown = () => { const hidden = off(); return data('network').filter(e => !hidden.includes(e.kind)).map(e => e.events && (filters.from || filters.to) ? { ...e, weight: e.events.filter(inYears).length } : e).filter(e => e.weight); };
  const ties = () => shown().filter(e => e.weight >= +filters.least);
  const columns = [{ key: 'who', label: t('who'), cell: e => named(e.source), text: e => entity(e.source).name, by: e => entity(e.source).name }, { key: 'with', label: t('with'), cell: e => named(e.target), text: e => entity(e.target).name, by: e => entity(e.target).name }, { key: 'ties', label: t('ties'), cell: e => h('span', { class: 'tie' }, swatch(e.kind), tieName(e.kind)), text: e => tieName(e.kind), by: e => tieName(e.kind) }, { key: 'weight', label: t('weight'), num: true, cell: e => number(e.weight), text: e => e.weight, by: e => e.weight }, { label: t('sources'), cell: e => [listed((e.events || []).slice(0, 6).map((id, i) => h('a', { href: link('event', id) }, eventRow(id) && isDated(eventRow(id)) ? dateText(eventRow(id).date) : `#${i + 1}`))), (e.events || []).length > 6 ? ` +${number(e.events.length - 6)}` : ''], text: e => (e.events || []).join(' ') }];
  const least = h('input', { type: 'range', min: 1, 'data-key': 'least', oninput: e => set({ least: e.target.value }) }), leastText = h('span', {}), slider = h('label', { class: 'check' }, leastText, least);
  const draw = () => {
    const most = Math.min(20, Math.max(1, ...shown().map(e => e.weight)));
    if (+filters.least > most) filters.least = String(most);
    least.max = most; least.value = filters.least; slider.hidden = most < 2; leastText.textContent = t('least', { n: filters.least });
    const edges = ties();
    told.replaceChildren();
    chart.replaceChildren(networkChart(edges, Math.max(300, chart.clientWidth || Math.min(innerWidth - 72, 1100)), tell));
    list.replaceChildren(table(columns, [...edges].sort((a, b) => (a.kind === 'co_mentioned') - (b.kind === 'co_mentioned') || b.weight - a.weight), { order: filters.sort, sort: sort => set({ sort }), size: 40 }));
  };
  const [filters, set] = filtering({ off: 'co_mentioned', least: '1', from: '', to: '', sort: '' }, draw);
  const years = [...new Set(data('events').map(e => e.date.first?.slice(0, 4)).filter(Boolean))].sort();
  const turn = (kind, on) => set({ off: kinds.filter(k => k === kind ? !on : off().includes(k)).join(',') });
  requestAnimationFrame(draw);
  let wide = innerWidth;
  onresize = () => { if (innerWidth !== wide) { wide = innerWidth; draw(); } };
  return [head(t('network'), t('network_lead')),
    h('div', { class: 'filters' }, kinds.map(kind => check(tieName(kind), !off().includes(kind), on => turn(kind, on), swatch(kind))), slider,
      years.length > 1 ? [select(`${t('years')}: ${t('from')}`, filters.from, [['', `${t('from')} …`], ...years.map(y => [y, `${t('from')} ${y}`])], from => set({ from })), select(`${t('years')}: ${t('to')}`, filters.to, [['', `${t('to')} …`], ...years.map(y => [y, `${t('to')} ${y}`])], to => set({ to }))] : null,
      csvButton('network', columns, ties)),
    h('section', { class: 'card' }, chart, told), h('h2', { class: 'under' }, t('net_table')), list];
}
