// Events on a time axis: intervals as bars, days as dots, open dates in a lane of their own.
const span = { from: null, to: null };
const DAY = 86400000;

function ticks(from, to, width) {
  const wanted = Math.max(3, Math.floor(width / 90)), years = (to - from) / DAY / 365.25, list = [];
  const step = [[1 / 12, 1], [.25, 3], [.5, 6], [1, 12], [2, 24], [5, 60], [10, 120], [25, 300], [50, 600]].find(([y]) => years / y <= wanted)?.[1] || 1200;
  const start = new Date(from);
  let month = start.getUTCFullYear() * 12 + start.getUTCMonth();
  for (month = Math.ceil(month / step) * step; list.length < 60; month += step) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (at > to) break;
    if (at >= from) list.push([at, step < 12 && month % 12 ? monthText(Math.floor(month / 12), month % 12 + 1).replace('tháng ', '') : String(Math.floor(month / 12))]);
  }
  return list;
}

function timelineChart(events, width) {
  const from = span.from, to = span.to, x = at => (at - from) / (to - from) * (width - 24) + 12;
  const inside = events.filter(e => time(e.date.last) + DAY >= from && time(e.date.first) <= to);
  const kinds = [...new Set(events.map(e => e.type))].sort((a, b) => Object.keys(WORDS.vi.types).indexOf(a) - Object.keys(WORDS.vi.types).indexOf(b));
  const marks = [], lines = [];
  let y = 8;
  for (const kind of kinds) {
    const all = inside.filter(e => e.type === kind).sort((a, b) => a.date.first.localeCompare(b.date.first));
    lines.push(s('text', { x: 0, y: y + 12, style: 'font-weight: 600; fill: var(--ink)' }, `${word('types', kind)} · ${number(all.length)}`));
    y += 20;
    if (all.length > 40) { // too many to tell apart: their density instead
      const bins = new Array(Math.max(1, Math.floor((width - 24) / 6))).fill(0);
      for (const e of all) bins[Math.min(bins.length - 1, Math.max(0, Math.floor((x(time(e.date.first)) - 12) / 6)))]++;
      const most = Math.max(...bins);
      bins.forEach((n, i) => n && marks.push(s('rect', { x: 12 + i * 6, y: y + 34 - n / most * 34, width: 5, height: Math.max(1, n / most * 34), rx: 1, style: 'fill: var(--accent)' }, s('title', {}, number(n)))));
      y += 44;
      continue;
    }
    const rows = [];
    for (const e of all) {
      const a = Math.max(4, x(time(e.date.first))), b = Math.min(width - 4, x(time(e.date.last) + (e.date.first === e.date.last ? 0 : DAY)));
      const { one, other, objects } = sides(e), names = [...one, ...other, ...(one.length ? [] : objects)].map(p => entity(p.entity).name);
      const room = 14 + Math.min(width > 600 ? 34 : 20, names.join(' – ').length) * 6.4;
      const text = names.join(' – '), cut = width > 600 ? 34 : 20, brief = text.length > cut ? text.slice(0, cut - 1) + '…' : text, flip = b + room > width && a > room;
      const [left, right] = flip ? [a - room, b + 6] : [a - 6, b + room];
      let row = rows.findIndex(taken => taken.every(([l, r]) => right < l || left > r));
      if (row < 0) row = rows.push([]) - 1;
      rows[row].push([left, right]);
      marks.push(s('a', { href: link('event', e.id), 'aria-label': `${brief}: ${word('types', kind)}, ${dateText(e.date)}` },
        e.date.first === e.date.last ? s('circle', { cx: a, cy: y + row * 20 + 8, r: 5, style: `fill: ${e.date.certainty === 'stated' ? 'var(--' + e.modality + ')' : 'var(--card)'}; stroke: var(--${e.modality}); stroke-width: 2` })
          : s('rect', { x: a, y: y + row * 20 + 3, width: Math.max(4, b - a), height: 10, rx: 5, style: `fill: var(--${e.modality}); fill-opacity: ${e.date.certainty === 'stated' ? .75 : .35}; stroke: var(--${e.modality})` }),
        s('text', { x: flip ? a - 9 : Math.max(a, e.date.first === e.date.last ? a : b) + 9, y: y + row * 20 + 12, 'text-anchor': flip ? 'end' : 'start', 'aria-hidden': 'true', style: 'fill: var(--ink)' }, brief),
        s('title', {}, `${dateText(e.date)} · ${text}`)));
    }
    y += Math.max(1, rows.length) * 20 + 10;
  }
  const axis = ticks(from, to, width).flatMap(([at, label]) => [s('line', { class: 'axis', x1: x(at), x2: x(at), y1: 0, y2: y }), s('text', { x: Math.min(width - 30, Math.max(16, x(at))), y: y + 16, 'text-anchor': 'middle' }, label)]);
  return s('svg', { viewBox: `0 0 ${width} ${y + 24}`, width, height: y + 24, role: 'group', 'aria-label': t('timeline_of', { a: dayText(new Date(from).toISOString().slice(0, 10)), b: dayText(new Date(to).toISOString().slice(0, 10)), n: inside.length }) }, axis, lines, marks);
}

function timeline() {
  const events = data('events'), dated = events.filter(e => e.date.first && e.date.last && e.date.certainty !== 'open'), open = events.filter(e => !dated.includes(e));
  const page = [head(t('timeline'), t('timeline_lead'))];
  if (dated.length) {
    const firsts = dated.map(e => time(e.date.first)), lasts = dated.map(e => time(e.date.last));
    const low = firsts.reduce((a, b) => Math.min(a, b)), high = lasts.reduce((a, b) => Math.max(a, b)), pad = Math.max(20 * DAY, (high - low) * .03);
    // One interval of a century would flatten all the rest: the axis begins with the middle 96 %.
    if (span.from === null) { const sorted = [...firsts].sort((a, b) => a - b); span.from = (sorted.length > 60 ? sorted[Math.floor(sorted.length * .02)] : low) - pad; span.to = (sorted.length > 60 ? sorted[Math.floor(sorted.length * .98)] : high) + pad; }
    const box = h('div', { class: 'chart' });
    const draw = () => { const width = Math.max(300, box.clientWidth || Math.min(innerWidth - 80, 1100)); box.replaceChildren(timelineChart(dated, width)); };
    const move = (zoom, shift) => () => { const middle = (span.from + span.to) / 2 + (span.to - span.from) * shift, half = Math.max(7 * DAY, (span.to - span.from) / 2 * zoom); span.from = middle - half; span.to = middle + half; draw(); };
    const button = (label, action) => h('button', { class: 'button', onclick: action }, label);
    page.push(h('div', { class: 'filters' }, button('← ' + t('earlier'), move(1, -.4)), button(t('later') + ' →', move(1, .4)), button('+ ' + t('zoom_in'), move(.5, 0)), button('− ' + t('zoom_out'), move(2, 0)), button(t('whole'), () => { span.from = low - pad; span.to = high + pad; draw(); }), h('span', { class: 'legend' }, ['happened', 'planned', 'recalled'].map(m => h('span', { style: { '--c': `var(--${m})` } }, t(m))))), h('section', { class: 'card' }, box));
    requestAnimationFrame(draw);
    onresize = draw;
  }
  if (open.length) page.push(h('section', { class: 'card', style: 'margin-top: 1.25rem' }, h('h2', {}, `${t('open_lane')} · ${number(open.length)}`), paged(open, 60, e => eventLine(e), h('ul', { class: 'openlane' }))));
  if (!events.length) page.push(h('p', { class: 'empty' }, t('none')));
  return page;
}
