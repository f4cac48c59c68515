// Data, elements, words and dates: what every view needs.
const store = {};
function data(name) {
  if (!store[name]) {
    const rows = store[name] = JSON.parse(document.getElementById('d-' + name)?.textContent || '[]');
    // What goes without saying is not in the data.
    if (name === 'entities') for (const row of rows) { row.names ??= [{ name: row.name, mentions: row.mentions }]; row.titles ??= []; row.merged ??= []; }
    if (name === 'documents') for (const row of rows) { row.story ??= row.id; row.flags ??= []; }
  }
  return store[name];
}
const index = (name, key = 'id') => store[name + '#'] ??= new Map(data(name).map(row => [row[key], row]));
// An id that was merged away leads to the entity that stands for it.
const leaders = () => store.leaders ??= new Map(data('entities').flatMap(row => row.merged.map(m => [m.id, row.id])));
const known = id => index('entities').get(id) || index('entities').get(leaders().get(id));
const entity = id => known(id) || { id, name: id.replace(/^[a-z]+:/, '').replaceAll('-', ' '), type: id.startsWith('ev:') ? 'EVENT' : id.split(':')[0].toUpperCase(), names: [], titles: [], merged: [], evidence: [], zones: {}, in: [], mentions: 0, documents: 0 };
const eventRow = id => index('events').get(id);
const doc = id => index('documents').get(id);
const nothing = [];
function eventsOf(id) {
  if (!store.eventsOf) {
    store.eventsOf = new Map();
    for (const event of data('events')) for (const one of new Set([...event.participants.map(p => p.entity), event.place])) { const list = store.eventsOf.get(one); if (list) list.push(event); else store.eventsOf.set(one, [event]); }
  }
  return store.eventsOf.get(id) || nothing;
}

const settings = { lang: 'vi', theme: 'auto' };
const remember = (key, value) => { settings[key] = value; try { localStorage.setItem('bantin-' + key, value); } catch { /* a file page may have no storage */ } };
for (const key of Object.keys(settings)) try { settings[key] = localStorage.getItem('bantin-' + key) || settings[key]; } catch { /* as above */ }

// "{n} story|{n} stories": the first form for one, the second for all others.
const t = (key, values = {}) => { const forms = (WORDS[settings.lang][key] ?? key).split('|'); return forms[values.n == 1 ? 0 : forms.length - 1].replace(/\{(\w)\}/g, (_, name) => values[name]); };
const word = (list, key) => WORDS[settings.lang][list]?.[key] ?? String(key).replaceAll('_', ' ');
const capital = text => text.charAt(0).toUpperCase() + text.slice(1);
const number = n => new Intl.NumberFormat(settings.lang === 'vi' ? 'vi-VN' : 'en-GB').format(n);
const percent = (part, whole) => new Intl.NumberFormat(settings.lang === 'vi' ? 'vi-VN' : 'en-GB', { style: 'percent', maximumFractionDigits: 1 }).format(whole ? part / whole : 0);
const counted = (n, key) => `${number(n)} ${t(key, { n })}`;
// "84/84 sự kiện": how many of all.
const tally = (k, n, key) => `${number(k)}/${number(n)} ${t(key, { n })}`;
const all = name => Math.max(data('limits')[name] || 0, data(name).length);

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
const listed = (items, draw = item => item) => items.map((item, i) => [i ? ', ' : '', draw(item)]);

// "Ngo Xuan Lich" finds "Ngô Xuân Lịch".
const plain = text => String(text).toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replaceAll('đ', 'd');
const link = (view, id, ...rest) => '#/' + [view, id, ...rest].filter(Boolean).map(encodeURIComponent).join('/');
const named = id => { const row = known(id); return row ? h('a', { href: link('entity', row.id) }, row.name) : h('span', {}, entity(id).name); };

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
// What a date rests on, and why two names are one, as the stages say it in English.
const inWords = (list, text) => settings.lang === 'vi' ? text.split('; ').map(part => { for (const [pattern, words] of REASONS[list]) if (pattern.test(part)) return part.replace(pattern, words); return part; }).join('; ') : text;
const basisText = text => inWords('basis', text).replace(/\b(\d{4}-\d\d-\d\d)\b/g, day => dayText(day));
const reasonText = text => inWords('names', text);
function when(date) {
  const text = dateText(date);
  return h('span', { class: `when ${date.certainty}${text.length > 15 ? ' long' : ''}`, title: [t(date.certainty), date.basis && basisText(date.basis)].filter(Boolean).join(': ') }, text, h('span', { class: 'sr' }, ` (${t(date.certainty)})`));
}
const time = iso => Date.UTC(...iso.split('-').map((n, i) => i === 1 ? n - 1 : +n));
const isoDay = at => new Date(at).toISOString().slice(0, 10);
const isDated = event => event.date.certainty !== 'open' && event.date.first && event.date.last;

// Who stands on which side of an event
const OBJECTS = ['agreement', 'destination', 'event', 'occasion', 'visited'];
const AROUND = ['party', 'attendee', 'via', 'organizer', 'organiser'];
const FACING = ['guest', 'invitee', 'recipient'];
const ACTING = ['host', 'inviter', 'sender', 'visitor', 'donor', 'appointer'];
// Roles that the kind of an event and the column say already.
const PLAIN = { MEET: ['participant'], TALKS: ['participant', 'party'], RECEPTION: ['host', 'guest'], VISIT: ['visitor'], SIGN: ['signatory', 'party'], INVITE: ['inviter', 'invitee'], MESSAGE: ['sender', 'recipient'], ATTEND: ['attendee'], APPOINT: ['appointee'], AID: ['donor', 'recipient'], CONFERENCE: ['attendee'], PRESS: ['speaker'] };
function sides(event) {
  const role = p => p.roles[0], isPerson = p => p.entity.startsWith('per:');
  // A person who is visited stands opposite the visitor; a place is where the visit went.
  const visited = p => role(p) === 'visited' && isPerson(p), thing = p => OBJECTS.includes(role(p)) && !visited(p);
  let around = event.participants.filter(p => AROUND.includes(role(p)));
  let actors = event.participants.filter(p => !thing(p) && !around.includes(p));
  // Two countries may be all there is, or those who attended.
  for (const only of ['party', 'attendee']) if (!actors.length) { actors = around.filter(p => role(p) === only); around = around.filter(p => role(p) !== only); }
  const isAppointed = p => role(p) === 'appointee' && actors.some(o => role(o) === 'appointer');
  const facing = actors.filter(p => FACING.includes(role(p)) || visited(p) || isAppointed(p)), acting = actors.filter(p => ACTING.includes(role(p))), equal = actors.filter(p => !facing.includes(p) && !acting.includes(p));
  // Of equals the first stands on one side and the others opposite it, unless the sides are taken.
  const split = !acting.length && !facing.length && event.type !== 'ATTEND' && event.type !== 'PRESS';
  return { one: [...acting, ...(split ? equal.slice(0, 1) : acting.length && !facing.length ? [] : equal)], other: [...(split ? equal.slice(1) : acting.length && !facing.length ? equal : []), ...facing], around, objects: event.participants.filter(thing), equal };
}
const person = type => p => h('div', { class: 'who' }, named(p.entity), p.capacities?.length ? h('span', { class: 'cap' }, p.capacities[0]) : null, PLAIN[type]?.includes(p.roles[0]) || p.roles[0] === 'participant' ? null : h('span', { class: 'cap role' }, word('role_names', p.roles[0])));
const state = word => h('span', { class: `pill ${word}` }, t(word));

// Texts that the page carries, by the id of their document.
const readable = () => store.readable ??= new Map([...document.querySelectorAll('script[data-doc]')].map(script => [script.dataset.doc, script]));
function reading(id) {
  const script = readable().get(id);
  if (!script) return null;
  const { text, words, zones, edits, sentences, mentions } = JSON.parse(script.textContent);
  // Every span is written as the way from the start of the one before it, and its length.
  const spans = (rows, more) => { let at = 0; return rows.map(row => { at += row[0]; return { start: at, end: at + row[1], ...more(row) }; }); };
  const of = n => n === undefined ? '' : words[n];
  return {
    text, sentences: spans(sentences, () => null),
    zones: spans(zones, row => ({ kind: of(row[2]), rule: of(row[3]) })),
    edits: spans(edits, row => ({ kind: of(row[2]), insert: of(row[3]) })),
    mentions: spans(mentions, row => ({ type: of(row[2]), entity: of(row[3]), value: of(row[4]), basis: of(row[5]) })),
  };
}
// Evidence is found by the bytes of the source; JavaScript counts UTF-16 units.
function bytesToUnits(text, wanted) {
  const out = [];
  let bytes = 0, unit = 0;
  for (const target of wanted) {
    if (target < bytes) bytes = unit = 0;
    while (bytes < target && unit < text.length) { const code = text.codePointAt(unit); bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4; unit += code > 0xffff ? 2 : 1; }
    out.push(unit);
  }
  return out;
}
const unitsToBytes = (text, units) => new TextEncoder().encode(text.slice(0, units)).length;
const shorten = (text, most) => text.length > most ? text.slice(0, most).replace(/\s+\S*$/, '').replace(/[\s,;:–-]+$/, '') + '…' : text;
function wordsOf(item) {
  if (item.text) return item.text;
  const text = reading(item.document)?.text;
  if (!text) return '';
  const [from, to] = bytesToUnits(text, [item.start, item.end]);
  return shorten(text.slice(from, to).replace(/\s+/g, ' ').trim(), 420);
}

// Evidence
const titleOf = id => doc(id)?.title || doc(id)?.opening || id;
// A day that only an event of the story says is no day of publication.
const published = row => row?.date && row.date_basis !== 'event' ? dayText(row.date) : '';
const place = item => link('doc', item.document, `${item.start}-${item.end}`);
function cite(item, extra) {
  const row = doc(item.document);
  return h('cite', {}, h('a', { href: place(item) }, titleOf(item.document)), row?.publisher ? ` · ${row.publisher}` : '', published(row) ? ` · ${published(row)}` : '', extra || '');
}
const sentence = (item, extra) => h('blockquote', {}, wordsOf(item), cite(item, extra));
// A republished sentence is shown once, with every document that has it.
function evidence(list) {
  const by = new Map();
  for (const item of list) { const text = wordsOf(item); by.set(text, [...(by.get(text) || []), item]); }
  // Where the page does not carry the text, the place alone is shown.
  return h('div', { class: 'evidence' }, [...by].map(([text, items]) => text ? h('blockquote', {}, text, items.map(item => cite(item))) : h('p', {}, h('span', { class: 'note' }, t('only_place')), items.map(item => cite(item)))));
}

// What a view is filtered and sorted by stands in its address, so that Back finds it again; how
// far it was read stands with it.
let asked = new URLSearchParams(), resumed = [], at = { y: 0, lists: [] };
const write = hash => { try { history.replaceState(at, '', hash || location.hash || '#/overview'); } catch { /* a frame may forbid it */ } };
const refocus = act => { const key = document.activeElement?.dataset?.key; act(); if (key) document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true }); };
function filtering(defaults, draw) {
  const values = Object.fromEntries(Object.entries(defaults).map(([key, value]) => [key, asked.get(key) ?? value]));
  const query = (changes = {}) => { const now = { ...values, ...changes }, query = new URLSearchParams(Object.entries(now).filter(([key, value]) => value !== defaults[key])); return query.size ? '?' + query : ''; };
  const set = (changes, quiet) => { Object.assign(values, changes); at.lists = []; write((location.hash.split('?')[0] || '#/overview') + query()); if (!quiet) refocus(draw); };
  return [values, set, query];
}

// Pieces of a page
const head = (title, lead, ...more) => h('div', { class: 'head' }, h('h1', {}, title), more, lead ? h('p', {}, lead) : null);
const card = (width, title, href, ...content) => h('section', { class: `card ${width}` }, title ? (href ? h('div', { class: 'cardhead' }, h('h2', {}, title), h('a', { href }, t('all'), h('span', { class: 'sr' }, `: ${title}`))) : h('h2', {}, title)) : null, content);
const part = (title, ...content) => h('section', { class: 'card part' }, h('h2', {}, title), content);
const stack = parts => h('div', { class: 'stack', 'aria-hidden': 'true' }, parts.filter(p => p.n).map(p => h('i', { style: { flex: p.n, background: p.color } })));
const legend = (parts, whole) => h('div', { class: 'legend' }, parts.map(p => h('span', { style: { '--c': p.color } }, `${p.label} ${number(p.n)}${whole ? ` (${percent(p.n, whole)})` : ''}`)));
const bars = (rows, color) => { const most = Math.max(1, ...rows.map(r => r.n)); return h('ul', { class: 'bars' }, rows.map(r => h('li', { class: r.class }, h('span', {}, r.label), h('span', { class: 'track', 'aria-hidden': 'true' }, h('i', { style: { width: `${100 * r.n / most}%`, background: color } })), h('span', { class: 'n' }, number(r.n))))); };
const select = (label, value, options, change) => h('select', { 'aria-label': label, 'data-key': label, onchange: e => change(e.target.value) }, options.map(([v, text]) => h('option', { value: v, selected: v === value }, text)));
const searchBox = (value, change) => { let timer; return h('input', { type: 'search', value, 'data-key': 'search', placeholder: t('search'), 'aria-label': t('search'), oninput: e => { clearTimeout(timer); timer = setTimeout(() => change(e.target.value), 120); } }); };
const check = (label, checked, change, swatch) => h('label', { class: 'check' }, h('input', { type: 'checkbox', checked, 'data-key': label, onchange: e => change(e.target.checked) }), swatch || null, label);
const tools = (label, ...buttons) => h('span', { class: 'seg', role: 'group', 'aria-label': label }, buttons);
const tool = (label, pressed, act) => h('button', { 'aria-pressed': String(pressed), 'data-key': label, onclick: act }, label);
// The find box stands open; on a phone the other filters are behind a button.
function filterBar(find, rest, count, isOpen) {
  const body = h('div', { class: `folds${isOpen ? ' open' : ''}` }, rest);
  const fold = h('button', { class: 'button fold', 'aria-expanded': String(!!isOpen), onclick: () => fold.setAttribute('aria-expanded', String(body.classList.toggle('open'))) }, t('filters'));
  return h('div', { class: 'filters' }, find, rest.flat().filter(Boolean).length ? [fold, body] : null, count);
}
const limited = name => all(name) > data(name).length ? h('p', { class: 'note' }, t('shown_of', { k: number(data(name).length), n: number(all(name)) })) : null;

// A long list shows its beginning; the rest comes on demand, and is there again on the way back.
function paged(rows, size, render, into) {
  let shown = 0;
  const nth = at.lists.push(0) - 1, here = at;
  const rest = () => { more.textContent = `${t('more')} (${number(rows.length - shown)})`; more.hidden = shown >= rows.length; };
  const more = h('button', { class: 'button more', onclick: () => { next(size); here.lists[nth] = shown; write(); } });
  const next = n => { const fresh = rows.slice(shown, shown + n).map(render).flat(); (into.tBodies ? into.tBodies[0] : into).append(...fresh); shown += n; rest(); };
  next(Math.max(size, resumed[nth] || 0));
  here.lists[nth] = shown;
  return rows.length ? h('div', {}, into, more) : h('p', { class: 'empty' }, t('none'));
}

// Rows in the order of a column: "name" upwards, "-name" downwards; what is not known comes last.
const collator = new Intl.Collator('vi', { numeric: true });
function sorted(columns, rows, order) {
  const column = order && columns.find(c => c.by && c.key === order.replace(/^-/, ''));
  if (!column) return rows;
  const sign = order.startsWith('-') ? -1 : 1;
  const keyed = rows.map(row => [column.by(row), row]), missing = v => v === null || v === undefined || v === '';
  keyed.sort(([a], [b]) => missing(a) || missing(b) ? missing(a) - missing(b) : sign * (typeof a === 'number' ? a - b : collator.compare(a, b)));
  return keyed.map(([, row]) => row);
}

// A table whose cells know their column, so that they can stand as cards on a phone.
function table(columns, rows, { order = '', sort, size = 60, name = '', detail }) {
  const shown = columns.filter(c => c.cell), natural = c => c.num ? '-' + c.key : c.key, turned = c => order === c.key ? '-' + c.key : order === '-' + c.key ? c.key : natural(c);
  const header = c => c.by && sort ? h('button', { class: 'sort', 'data-key': 'sort ' + c.key, onclick: () => sort(turned(c)) }, capital(c.label), h('span', { class: 'arrow', 'aria-hidden': 'true' }, order === c.key ? '↑' : order === '-' + c.key ? '↓' : '↕')) : capital(c.label);
  const into = h('table', { class: `table ${name}` }, h('thead', {}, h('tr', {}, shown.map(c => h('th', { scope: 'col', class: c.num ? 'num' : null, 'aria-sort': order === c.key ? 'ascending' : order === '-' + c.key ? 'descending' : null }, header(c))))), h('tbody'));
  const row = item => {
    const under = detail?.(item), cells = shown.map(c => h('td', { class: c.num ? 'num' : null, 'data-l': c.bare ? null : capital(c.label) }, c.cell(item)));
    const main = h('tr', {}, cells);
    if (!under) return main;
    // The last cell opens what stands under the row.
    const below = h('tr', { class: 'detail open', hidden: true }, h('td', { colspan: shown.length }));
    const toggle = h('button', { class: 'toggle', 'aria-expanded': 'false', onclick: () => {
      const open = below.hidden;
      if (open && !below.firstChild.childNodes.length) below.firstChild.append(under.content());
      below.hidden = !open; toggle.setAttribute('aria-expanded', open); main.classList.toggle('open', open);
    } }, under.label, h('span', { class: 'sr' }, `: ${item.id}`));
    cells.at(-1).append(toggle);
    return [main, below];
  };
  const choices = shown.filter(c => c.by);
  // On a phone there is no header to press.
  const picker = sort && choices.length ? h('div', { class: 'phone filters' }, select(t('sort'), order, [['', t('sort_natural')], ...choices.flatMap(c => [[c.key, `${capital(c.label)} ↑`], ['-' + c.key, `${capital(c.label)} ↓`]])], sort)) : null;
  return h('div', {}, picker, paged(sorted(columns, rows, order), size, row, into));
}

function download(name, columns, rows) {
  const field = value => { const text = String(value ?? ''); return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text; };
  const lines = [columns.map(c => field(c.label)), ...rows.map(row => columns.map(c => field(c.text ? c.text(row) : '')))].map(line => line.join(','));
  const url = URL.createObjectURL(new Blob(['\ufeff' + lines.join('\r\n') + '\r\n'], { type: 'text/csv' }));
  h('a', { href: url, download: name + '.csv' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
const csvButton = (name, columns, rows) => h('button', { class: 'button', onclick: () => download(name, columns, rows()) }, t('csv'));
