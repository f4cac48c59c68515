// Data, elements, words and dates: what every view needs.
const store = {};
const data = name => store[name] ??= JSON.parse(document.getElementById('d-' + name)?.textContent || '[]');
const index = (name, key = 'id') => store[name + '#'] ??= new Map(data(name).map(row => [row[key], row]));
const entity = id => index('entities').get(id) || { id, name: id.replace(/^[a-z]+:/, '').replaceAll('-', ' '), type: (id.split(':')[0] || '').toUpperCase(), names: [], titles: [], events: [], evidence: [], zones: {}, mentions: 0, documents: 0 };
const eventRow = id => index('events').get(id);
const doc = id => index('documents').get(id);

const settings = { lang: 'vi', theme: 'auto' };
const remember = (key, value) => { settings[key] = value; try { localStorage.setItem('bantin-' + key, value); } catch { /* a file page may have no storage */ } };
for (const key of Object.keys(settings)) try { settings[key] = localStorage.getItem('bantin-' + key) || settings[key]; } catch { /* as above */ }

const t = (key, values = {}) => (WORDS[settings.lang][key] ?? key).replace(/\{(\w)\}/g, (_, name) => values[name]);
const word = (list, key) => WORDS[settings.lang][list][key] ?? String(key).replaceAll('_', ' ');
const number = n => new Intl.NumberFormat(settings.lang === 'vi' ? 'vi-VN' : 'en-GB').format(n);
const percent = (part, whole) => new Intl.NumberFormat(settings.lang === 'vi' ? 'vi-VN' : 'en-GB', { style: 'percent', maximumFractionDigits: 1 }).format(whole ? part / whole : 0);

// Text never becomes markup: every element is made here.
function make(space, tag, attributes, children) {
  const element = space ? document.createElementNS(space, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'style' && typeof value === 'object') for (const [k, v] of Object.entries(value)) element.style.setProperty(k, v);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}
const h = (tag, attributes, ...children) => make(null, tag, attributes, children);
const s = (tag, attributes, ...children) => make('http://www.w3.org/2000/svg', tag, attributes, children);

// "Ngo Xuan Lich" finds "Ngô Xuân Lịch".
const plain = text => String(text).toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replaceAll('đ', 'd');
const link = (view, id, ...rest) => '#/' + [view, id, ...rest].filter(Boolean).map(encodeURIComponent).join('/');
const named = id => h('a', { href: link('entity', id) }, entity(id).name);

// Dates
const two = n => String(n).padStart(2, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dayText = iso => { const [y, m, d] = iso.split('-'); return settings.lang === 'vi' ? `${d}/${m}/${y}` : `${+d} ${MONTHS[m - 1]} ${y}`; };
const monthText = (y, m) => settings.lang === 'vi' ? `tháng ${+m}/${y}` : `${MONTHS[m - 1]} ${y}`;
const lastOf = (y, m) => new Date(Date.UTC(y, m, 0)).getUTCDate();
const PARTS = { TMO: 'morning', TMI: 'noon', TAF: 'afternoon', TEV: 'evening', TNI: 'night' };
function dateText(date) {
  const { first, last, value, resolved } = date;
  const part = PARTS[/T[A-Z]{2}$/.exec(resolved || value || '')?.[0]];
  const day = text => part ? (settings.lang === 'vi' ? `${t(part)} ${text}` : `${text}, ${t(part)}`) : text;
  if (first && last && date.certainty !== 'open') {
    if (first === last) return day(dayText(first));
    const [y, m, d] = first.split('-'), [y2, m2, d2] = last.split('-');
    if (first.endsWith('-01-01') && last.endsWith('-12-31')) return y === y2 ? y : `${y}–${y2}`;
    if (d === '01' && +d2 === lastOf(y2, +m2)) { // whole months
      if (y === y2 && m === m2) return monthText(y, m);
      if (y === y2) return settings.lang === 'vi' ? `tháng ${+m}–${+m2}/${y}` : `${MONTHS[m - 1]}–${MONTHS[m2 - 1]} ${y}`;
      return t('from_to', { a: monthText(y, m), b: monthText(y2, m2) });
    }
    return t('from_to', { a: dayText(first), b: dayText(last) });
  }
  const open = /^XXXX-(\d\d)(?:-(\d\d))?/.exec(value || '');
  const shown = open ? day(settings.lang === 'vi' ? (open[2] ? `${open[2]}/${open[1]}` : `tháng ${+open[1]}`) : `${open[2] ? +open[2] + ' ' : ''}${MONTHS[open[1] - 1]}`) + ', ' + t('year_open') : value && !/^X/.test(value) ? value : t('no_date_at_all');
  const bound = first && last ? t('from_to', { a: dayText(first), b: dayText(last) }) : first ? t('not_before', { d: dayText(first) }) : last ? t('not_after', { d: dayText(last) }) : '';
  return bound ? `${shown} (${bound})` : shown;
}
function when(date) {
  const text = dateText(date);
  return h('span', { class: `when ${date.certainty}${text.length > 15 ? ' long' : ''}`, title: [t(date.certainty), date.basis].filter(Boolean).join(': ') }, text, h('span', { class: 'sr' }, ` (${t(date.certainty)})`));
}
const time = iso => Date.UTC(...iso.split('-').map((n, i) => i === 1 ? n - 1 : +n));

// Who stands on which side of an event
const OBJECTS = ['agreement', 'destination', 'event', 'occasion', 'visited'];
const AROUND = ['party', 'attendee', 'via', 'organizer', 'organiser'];
function sides(event) {
  const of = list => event.participants.filter(p => list.includes(p.roles[0]));
  let actors = event.participants.filter(p => !OBJECTS.includes(p.roles[0]) && !AROUND.includes(p.roles[0]));
  let around = of(AROUND);
  // Two countries may be all there is, or those who attended.
  for (const role of ['party', 'attendee']) if (!actors.length) { actors = around.filter(p => p.roles[0] === role); around = around.filter(p => p.roles[0] !== role); }
  return { one: actors.slice(0, 1), other: actors.slice(1), around, objects: of(OBJECTS) };
}
const person = p => h('div', { class: 'who' }, named(p.entity), p.capacities?.length ? h('span', { class: 'cap' }, p.capacities[0]) : null);
const state = word => h('span', { class: `pill ${word}` }, t(word));

// Evidence
function cite(item, extra) {
  const row = doc(item.document);
  return h('cite', {}, h('a', { href: link('doc', item.document, `${item.start}-${item.end}`) }, row?.title || item.document), row?.publisher ? ` · ${row.publisher}` : '', row?.date ? ` · ${dayText(row.date)}` : '', extra || '');
}
const sentence = (item, extra) => h('blockquote', {}, item.text, cite(item, extra));
// A republished sentence is shown once, with every document that has it.
function evidence(list) {
  const by = new Map();
  for (const item of list) by.set(item.text, [...(by.get(item.text) || []), item]);
  // Where the page does not carry the text, the place alone is shown.
  return h('div', { class: 'evidence' }, [...by].map(([text, items]) => text ? h('blockquote', {}, text, items.map(item => cite(item))) : h('p', {}, items.map(item => cite(item)))));
}

// Pieces of a page
const head = (title, lead, ...more) => h('div', { class: 'head' }, h('h1', {}, title), more, lead ? h('p', {}, lead) : null);
const card = (width, title, href, ...content) => h('section', { class: `card ${width}` }, title ? (href ? h('div', { class: 'cardhead' }, h('h2', {}, title), h('a', { href }, t('all'), h('span', { class: 'sr' }, `: ${title}`))) : h('h2', {}, title)) : null, content);
const stack = parts => h('div', { class: 'stack', 'aria-hidden': 'true' }, parts.filter(p => p.n).map(p => h('i', { style: { flex: p.n, background: p.color } })));
const legend = (parts, whole) => h('div', { class: 'legend' }, parts.map(p => h('span', { style: { '--c': p.color } }, `${p.label} ${number(p.n)}${whole ? ` (${percent(p.n, whole)})` : ''}`)));
const bars = (rows, color) => { const most = Math.max(1, ...rows.map(r => r.n)); return h('ul', { class: 'bars' }, rows.map(r => h('li', { class: r.class }, h('span', {}, r.label), h('span', { class: 'track', 'aria-hidden': 'true' }, h('i', { style: { width: `${100 * r.n / most}%`, background: color } })), h('span', { class: 'n' }, number(r.n))))); };
const select = (label, value, options, change) => h('select', { 'aria-label': label, onchange: e => change(e.target.value) }, options.map(([v, text]) => h('option', { value: v, selected: v === value }, text)));
const searchBox = (value, change) => { let timer; return h('input', { type: 'search', value, placeholder: t('search'), 'aria-label': t('search'), oninput: e => { clearTimeout(timer); timer = setTimeout(() => change(e.target.value), 120); } }); };
const limited = (name) => { const all = data('limits')[name]; return all && all > data(name).length ? h('p', { class: 'note' }, t('shown_of', { k: number(data(name).length), n: number(all) })) : null; };

// A long list shows its beginning; the rest comes on demand.
function paged(rows, size, render, into) {
  let shown = 0;
  const more = h('button', { class: 'button more', onclick: () => next() }, t('more'));
  const box = h('div', {}, into, more);
  const next = () => { into.tBodies ? into.tBodies[0].append(...rows.slice(shown, shown + size).map(render)) : into.append(...rows.slice(shown, shown + size).map(render)); shown += size; more.hidden = shown >= rows.length; };
  next();
  return rows.length ? box : h('p', { class: 'empty' }, t('none'));
}

// A table whose cells know their column, so that they can stand as cards on a phone.
function table(columns, rows, size = 60) {
  const body = h('table', { class: 'table' }, h('thead', {}, h('tr', {}, columns.map(c => h('th', { scope: 'col', class: c.num ? 'num' : null }, c.label)))), h('tbody'));
  return paged(rows, size, row => h('tr', {}, columns.map(c => h('td', { class: c.num ? 'num' : null, 'data-l': c.label }, c.cell(row)))), body);
}

function download(name, columns, rows) {
  const field = value => { const text = String(value ?? ''); return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text; };
  const lines = [columns.map(c => field(c.label)), ...rows.map(row => columns.map(c => field(c.text ? c.text(row) : '')))].map(line => line.join(','));
  const url = URL.createObjectURL(new Blob(['\ufeff' + lines.join('\r\n') + '\r\n'], { type: 'text/csv' }));
  h('a', { href: url, download: name + '.csv' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
const csvButton = (name, columns, rows) => h('button', { class: 'button', onclick: () => download(name, columns, rows()) }, t('csv'));
