// Events on a time axis: intervals as bars, days as dots, open dates in a list of their own.
const DAY = 86400000;

function ticks(from, to, width) {
  const wanted = Math.max(3, Math.floor(width / 90)), years = (to - from) / DAY / 365.25, list = [];
  const step = [[1 / 12, 1], [.25, 3], [.5, 6], [1, 12], [2, 24], [5, 60], [10, 120], [25, 300], [50, 600]].find(([y]) => years / y <= wanted)?.[1] || 1200;
  const start = new Date(from);
  let month = start.getUTCFullYear() * 12 + start.getUTCMonth();
  for (month = Math.ceil(month / step) * step; list.length < 60; month += step) {
    const tick = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (tick > to) break;
    if (tick >= from) list.push([tick, step < 12 && month % 12 ? monthText(Math.floor(month / 12), month % 12 + 1).replace('tháng ', '') : String(Math.floor(month / 12))]);
  }
  return list;
}

const within = (from, to) => e => time(e.date.last) + DAY >= from && time(e.date.first) <= to;

function timelineChart(events, from, to, width) {
  const x = at => (at - from) / (to - from) * (width - 24) + 12;
  const inside = events.filter(within(from, to));
  const kinds = Object.keys(WORDS.vi.types).filter(kind => inside.some(e => e.type === kind));
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
      const isDay = e.date.first === e.date.last, a = Math.max(4, x(time(e.date.first))), b = Math.max(a, Math.min(width - 4, x(time(e.date.last) + (isDay ? 0 : DAY))));
      const { one, other, around, objects } = sides(e), who = [...one, ...other, ...around], text = (who.length ? who : objects).map(p => entity(p.entity).name).join(' – ');
      const cut = width > 600 ? 34 : 20, brief = shorten(text, cut), room = 14 + brief.length * 6.6, flip = b + room > width && a > room, over = !flip && b + room > width;
      // A bar from edge to edge has its name inside.
      const [left, right] = flip ? [a - room, b + 6] : [a - 6, over ? Math.max(b, a + room) : b + room];
      let row = rows.findIndex(taken => taken.every(([l, r]) => right < l || left > r));
      if (row < 0) row = rows.push([]) - 1;
      rows[row].push([left, right]);
      const fill = `var(--${e.modality})`;
      marks.push(s('a', { href: link('event', e.id), 'aria-label': `${brief}: ${word('types', kind)}, ${dateText(e.date)}` },
        isDay ? s('circle', { cx: a, cy: y + row * 20 + 8, r: 5, style: `fill: ${e.date.certainty === 'stated' ? fill : 'var(--card)'}; stroke: ${fill}; stroke-width: 2` })
          : s('rect', { x: a, y: y + row * 20 + (over ? 1 : 3), width: Math.max(4, b - a), height: over ? 15 : 10, rx: 5, style: `fill: ${fill}; fill-opacity: ${over ? .12 : e.date.certainty === 'stated' ? .75 : .2}; stroke: ${fill}` }),
        s('text', { x: flip ? a - 9 : over ? a + 8 : (isDay ? a : b) + 9, y: y + row * 20 + 12, 'text-anchor': flip ? 'end' : 'start', 'aria-hidden': 'true', style: 'fill: var(--ink)' }, brief),
        s('title', {}, `${dateText(e.date)} · ${text}`)));
    }
    y += Math.max(1, rows.length) * 20 + 10;
  }
  const axis = ticks(from, to, width).flatMap(([tick, label]) => [s('line', { class: 'axis', x1: x(tick), x2: x(tick), y1: 0, y2: y }), s('text', { x: Math.min(width - 30, Math.max(16, x(tick))), y: y + 16, 'text-anchor': 'middle' }, label)]);
  return s('svg', { viewBox: `0 0 ${width} ${y + 24}`, width, height: y + 24, role: 'group', 'aria-label': t('timeline_of', { a: dayText(isoDay(from)), b: dayText(isoDay(to)), n: inside.length }) }, axis, lines, marks);
}

// Where most events are, within Tukey's fences: one event of the century before would flatten all
// the rest.
function crowd(events) {
  const days = events.map(e => (time(e.date.first) + time(e.date.last)) / 2).sort((a, b) => a - b);
  const at = share => days[Math.floor((days.length - 1) * share)], reach = 1.5 * Math.max(60 * DAY, at(.75) - at(.25));
  const inside = days.filter(day => day >= at(.25) - reach && day <= at(.75) + reach);
  return [inside[0], inside.at(-1)];
}

function timeline() {
  const events = data('events'), dated = events.filter(isDated), open = events.filter(e => !isDated(e));
  const page = [head(t('timeline'), t('timeline_lead'))];
  if (dated.length) {
    const low = Math.min(...dated.map(e => time(e.date.first))), high = Math.max(...dated.map(e => time(e.date.last))), room = (a, b) => Math.max(20 * DAY, (b - a) * .04);
    const edge = [low - room(low, high), high + room(low, high)], [first, last] = crowd(dated);
    const box = h('div', { class: 'chart' }), outside = h('p', { class: 'note', role: 'status' });
    const draw = () => {
      const from = time(filters.from), to = time(filters.to), out = dated.filter(e => !within(from, to)(e)).length;
      box.replaceChildren(timelineChart(dated, from, to, Math.max(300, box.clientWidth || Math.min(innerWidth - 80, 1100))));
      outside.textContent = out ? t('outside', { n: number(out) }) : '';
    };
    const [filters, set] = filtering({ from: isoDay(first - room(first, last)), to: isoDay(last + room(first, last)) }, draw);
    if (!(time(filters.from) < time(filters.to))) Object.assign(filters, { from: isoDay(edge[0]), to: isoDay(edge[1]) });
    // What is looked at stays within what there is.
    const look = (middle, half) => { half = Math.min((edge[1] - edge[0]) / 2, Math.max(7 * DAY, half)); middle = Math.min(edge[1] - half, Math.max(edge[0] + half, middle)); set({ from: isoDay(middle - half), to: isoDay(middle + half) }); };
    const move = (zoom, shift) => () => {
      const from = time(filters.from), to = time(filters.to), seen = dated.filter(within(from, to)).map(e => Math.min(to, Math.max(from, (time(e.date.first) + time(e.date.last)) / 2))).sort((a, b) => a - b);
      const middle = (from + to) / 2, center = zoom < 1 && seen.length ? seen[Math.floor(seen.length / 2)] : middle;
      look(center + (to - from) * shift, (to - from) / 2 * zoom);
    };
    const button = (label, act) => h('button', { class: 'button', 'data-key': label, onclick: act }, label);
    page.push(h('div', { class: 'filters' }, button('← ' + t('earlier'), move(1, -.4)), button(t('later') + ' →', move(1, .4)), button('+ ' + t('zoom_in'), move(.5, 0)), button('− ' + t('zoom_out'), move(2, 0)), button(t('whole'), () => look((edge[0] + edge[1]) / 2, Infinity))),
      h('section', { class: 'card' }, h('p', { class: 'legend' }, ['happened', 'planned', 'recalled'].filter(m => dated.some(e => e.modality === m)).map(m => h('span', { style: { '--c': `var(--${m})` } }, t(m))), h('span', { class: 'round' }, t('sure_dot')), h('span', { class: 'round hollow' }, t('inferred_dot'))), box, outside));
    requestAnimationFrame(draw);
    onresize = draw;
  }
  if (open.length) page.push(part(`${t('open_lane')} · ${number(open.length)}`, paged(open, 60, e => eventLine(e), h('ul', { class: 'openlane' }))));
  if (!events.length) page.push(h('p', { class: 'empty' }, t('none')));
  return page;
}
