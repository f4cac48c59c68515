// Typed ties between people and organisations; co-mention apart, and off by default.
const net = { off: new Set(['co_mentioned']), least: 1, from: '', to: '' };
const TIE = { met: 'var(--happened)', visited: 'var(--loc)', signed: 'var(--agr)', chaired: 'var(--org)', conferred: 'var(--prod)', invited: 'var(--planned)', message: 'var(--event)', other: 'var(--soft)', co_mentioned: 'var(--soft)' };
const tieName = kind => t(kind === 'signed' ? 'co_signed' : kind);

function ties() {
  const year = id => eventRow(id)?.date.first?.slice(0, 4);
  const inYears = id => { const y = year(id); return (!net.from || (y && y >= net.from)) && (!net.to || (y && y <= net.to)); };
  return data('network').filter(e => !net.off.has(e.kind)).map(e => e.events && (net.from || net.to) ? { ...e, weight: e.events.filter(inYears).length } : e).filter(e => e.weight >= net.least);
}

function networkChart(edges, width) {
  const places = data('layout'), small = width < 600;
  const degree = new Map();
  for (const e of edges) for (const id of [e.source, e.target]) if (places[id]) degree.set(id, (degree.get(id) || 0) + e.weight);
  const nodes = [...degree].sort((a, b) => b[1] - a[1]);
  const height = Math.min(small ? 460 : 640, 220 + nodes.length * 24), edge = small ? 30 : 90;
  // The layout knows all ties; what is shown of it fills the drawing.
  const scale = axis => { const all = nodes.map(([id]) => places[id][axis]), low = Math.min(...all), high = Math.max(...all); return id => high > low ? (places[id][axis] - low) / (high - low) : .5; };
  const across = scale(0), down = scale(1), x = id => edge + across(id) * (width - 2 * edge), y = id => 30 + down(id) * (height - 60), most = Math.max(1, ...degree.values());
  const drawn = edges.filter(e => places[e.source] && places[e.target]);
  const svg = s('svg', { class: 'net', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': t('net_alt', { n: nodes.length, m: drawn.length }) });
  const sameEnds = new Map();
  const lines = drawn.map(e => {
    const key = e.source + e.target, nth = sameEnds.get(key) || 0; sameEnds.set(key, nth + 1);
    const x1 = x(e.source), y1 = y(e.source), x2 = x(e.target), y2 = y(e.target), bend = nth * 14 * (nth % 2 ? 1 : -1), long = Math.hypot(x2 - x1, y2 - y1) || 1;
    return s('path', { d: `M${x1} ${y1}Q${(x1 + x2) / 2 - (y2 - y1) / long * bend * 2} ${(y1 + y2) / 2 + (x2 - x1) / long * bend * 2} ${x2} ${y2}`, 'data-a': e.source, 'data-b': e.target, fill: 'none', 'stroke-dasharray': e.kind === 'co_mentioned' ? '2 4' : e.kind === 'invited' || e.kind === 'message' ? '7 4' : null, style: `stroke: ${TIE[e.kind]}; stroke-width: ${e.kind === 'co_mentioned' ? 1 : 1 + Math.min(5, Math.sqrt(e.weight))}; stroke-opacity: ${e.kind === 'co_mentioned' ? .5 : .75}` }, s('title', {}, `${entity(e.source).name} – ${entity(e.target).name}: ${tieName(e.kind)} × ${e.weight}`));
  });
  const light = id => { for (const part of svg.querySelectorAll('path, a')) part.classList.toggle('dim', !!id && !(part.dataset.a === id || part.dataset.b === id || part.dataset.id === id || drawn.some(e => (e.source === id && e.target === part.dataset.id) || (e.target === id && e.source === part.dataset.id)))); };
  const taken = nodes.map(([id]) => [x(id) - 8, y(id) - 8, x(id) + 8, y(id) + 8]);
  // A name stands on the side where nothing is in its way, or waits for the pointer.
  const side = (id, radius) => { const long = entity(id).name.length * 6.8 + 8; for (const right of x(id) > width * .62 ? [true, false] : [false, true]) { const from = right ? x(id) - radius - long : x(id) + radius, box = [from, y(id) - 8, from + long, y(id) + 8]; if (box[0] > 0 && box[2] < width && !taken.some(o => o[0] !== x(id) - 8 && box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1])) { taken.push(box); return right ? 'end' : 'start'; } } return null; };
  const dots = nodes.map(([id, n], i) => { const radius = 5 + 11 * Math.sqrt(n / most), anchor = i < (small ? 20 : 60) ? side(id, radius) : null; return s('a', { href: link('entity', id), 'data-id': id, 'aria-label': `${entity(id).name}: ${number(n)}`, onmouseenter: () => light(id), onmouseleave: () => light(), onfocus: () => light(id), onblur: () => light() }, s('circle', { cx: x(id), cy: y(id), r: radius, style: `fill: var(--${entity(id).type.toLowerCase()})` }), anchor ? s('text', { x: x(id) + (anchor === 'end' ? -radius - 5 : radius + 5), y: y(id) + 4, 'text-anchor': anchor }, entity(id).name) : s('title', {}, entity(id).name)); });
  svg.append(...lines, ...dots);
  return nodes.length ? svg : h('p', { class: 'empty' }, t('none'));
}

function network() {
  const kinds = [...new Set(data('network').map(e => e.kind))].sort((a, b) => Object.keys(TIE).indexOf(a) - Object.keys(TIE).indexOf(b));
  const chart = h('div', { class: 'chart' }), list = h('div');
  const columns = [{ label: t('who'), cell: e => named(e.source), text: e => entity(e.source).name }, { label: t('with'), cell: e => named(e.target), text: e => entity(e.target).name }, { label: t('ties'), cell: e => h('span', {}, h('span', { class: 'dot', style: { '--c': TIE[e.kind] } }), tieName(e.kind)), text: e => tieName(e.kind) }, { label: t('weight'), num: true, cell: e => number(e.weight), text: e => e.weight }, { label: t('sources'), cell: e => (e.events || []).slice(0, 6).map((id, i) => [i ? ', ' : '', h('a', { href: link('event', id) }, eventRow(id)?.date.certainty !== 'open' && eventRow(id) ? dateText(eventRow(id).date) : `#${i + 1}`)]), text: e => (e.events || []).join(' ') }];
  const draw = () => { const edges = ties(); chart.replaceChildren(networkChart(edges, Math.max(300, chart.clientWidth || Math.min(innerWidth - 72, 1100)))); list.replaceChildren(table(columns, [...edges].sort((a, b) => (a.kind === 'co_mentioned') - (b.kind === 'co_mentioned') || b.weight - a.weight), 40)); };
  const years = [...new Set(data('events').map(e => e.date.first?.slice(0, 4)).filter(Boolean))].sort();
  const most = Math.max(1, ...data('network').map(e => e.weight));
  requestAnimationFrame(draw);
  onresize = draw;
  return [head(t('network'), t('network_lead')),
    h('div', { class: 'filters' }, kinds.map(kind => h('label', { class: 'check' }, h('input', { type: 'checkbox', checked: !net.off.has(kind), onchange: e => { e.target.checked ? net.off.delete(kind) : net.off.add(kind); draw(); } }), h('span', { class: 'dot', style: { '--c': TIE[kind], margin: 0 } }), tieName(kind))),
      most > 1 ? h('label', { class: 'check' }, t('least'), h('input', { type: 'range', min: 1, max: Math.min(20, most), value: net.least, oninput: e => { net.least = +e.target.value; draw(); } })) : null,
      years.length > 1 ? [select(`${t('years')}: ${t('from')}`, net.from, [['', `${t('from')} …`], ...years.map(y => [y, `${t('from')} ${y}`])], v => { net.from = v; draw(); }), select(`${t('years')}: ${t('to')}`, net.to, [['', `${t('to')} …`], ...years.map(y => [y, `${t('to')} ${y}`])], v => { net.to = v; draw(); })] : null,
      csvButton('network', columns, ties)),
    h('section', { class: 'card' }, chart), h('h2', { style: 'margin: 1.5rem 0 .75rem' }, t('net_table')), list];
}
