// The front page: the corpus in numbers, how far to trust it, and the beginnings of every table.
const COLORS = { stated: 'var(--happened)', inferred: 'var(--date)', open: 'var(--soft)' };

function certainties(title, counts) {
  const parts = ['stated', 'inferred', 'open'].map(key => ({ n: counts[key] || 0, color: COLORS[key], label: t(key) }));
  const whole = parts.reduce((sum, p) => sum + p.n, 0);
  return h('div', {}, h('h3', {}, title), stack(parts), legend(parts, whole));
}

function trustStrip() {
  const corpus = data('corpus');
  const gone = corpus.characters - corpus.kept;
  const text = [{ n: corpus.kept, color: 'var(--accent)', label: t('kept') }, { n: gone, color: 'var(--removed)', label: t('removed') }];
  const facts = [[t('mt'), corpus.flags.machine_translated || 0], [t('no_title'), corpus.documents - corpus.titled], [t('no_date'), corpus.documents - corpus.dated], [t('republished'), corpus.stories === undefined ? null : corpus.documents - corpus.stories], [t('failed'), corpus.errors]];
  return h('div', { class: 'trust' },
    corpus.events ? certainties(t('trust_events'), corpus.event_dates) : null, certainties(t('trust_dates'), corpus.dates),
    h('div', {}, h('h3', {}, h('a', { href: '#/audit' }, t('trust_text'))), stack(text), h('div', { class: 'legend' }, text.map(p => h('span', { style: { '--c': p.color } }, `${p.label} ${percent(p.n, corpus.characters)}`))), h('div', { class: 'note' }, t('not_spaces', { n: number(corpus.characters) }))),
    h('div', {}, h('h3', {}, t('doc_quality')), h('ul', { class: 'facts pairs' }, facts.filter(([, n]) => n !== null).map(([label, n]) => h('li', {}, h('span', { class: 'soft' }, label), h('b', {}, number(n)))))));
}

// Events by year, or by month where they lie close. An event that may lie in two columns is in none.
function monthsChart(events) {
  const dated = events.filter(e => isDated(e) && e.modality !== 'planned');
  if (dated.length < 2) return null;
  const [from, to] = crowd(dated), told = dated.filter(within(from, to)), out = dated.length - told.length;
  const starts = told.map(e => e.date.first).sort();
  if (starts.length < 2) return null;
  const long = +starts.at(-1).slice(0, 4) - +starts[0].slice(0, 4) > 4 ? 4 : 7;
  const counts = new Map();
  let wider = 0;
  for (const { date } of told) { const key = date.first.slice(0, long); if (key === date.last.slice(0, long)) counts.set(key, (counts.get(key) || 0) + 1); else wider++; }
  const known = [...counts.keys()].sort(), keys = [];
  if (!known.length) return null;
  for (let [y, m] = `${known[0]}-01`.split('-').map(Number); keys.length < 240 && (keys.at(-1) || '') < known.at(-1); m++) {
    if (m > 12) { m = 1; y++; }
    const key = `${y}-${two(m)}`.slice(0, long);
    if (keys.at(-1) !== key) keys.push(key);
  }
  const most = Math.max(...counts.values()), label = key => key.length === 4 ? key : monthText(...key.split('-'));
  const short = key => key.length === 4 ? key : `${+key.slice(5)}/${key.slice(2, 4)}`, every = Math.ceil(keys.length / 12);
  return [h('ol', { class: 'columns', 'aria-label': t('by_month') }, keys.map((key, i) => { const n = counts.get(key) || 0; return h('li', { title: `${label(key)}: ${number(n)}` }, h('span', { class: 'sr' }, `${label(key)}: ${number(n)}`), h('b', { 'aria-hidden': 'true' }, n && keys.length <= 40 ? number(n) : ''), h('i', { style: { height: `${80 * n / most}%` } }), h('small', { 'aria-hidden': 'true' }, i % every ? '' : short(key))); })),
    wider || out ? h('p', { class: 'note' }, [wider && t('wider', { n: number(wider) }), out && t('outside', { n: number(out) })].filter(Boolean).join(' ')) : null];
}

function eventLine(event) {
  const { one, other, around, objects } = sides(event), people = [...one, ...other, ...around];
  const of = list => listed(list, p => named(p.entity));
  return h('li', {}, h('div', { class: 'small' }, when(event.date), ' ', event.modality !== 'happened' ? state(event.modality) : ''), h('div', {}, h('a', { class: 'kind', href: link('event', event.id) }, word('types', event.type)), people.length ? ': ' : '', one.length && other.length ? [of(one), ' – ', of(other)] : of(people)), objects.length ? h('span', { class: 'cap' }, listed(objects, p => entity(p.entity).name)) : '');
}

function overview() {
  const corpus = data('corpus'), events = data('events');
  const cells = [['documents', corpus.documents, 'n_documents'], corpus.stories !== undefined && corpus.stories < corpus.documents ? ['documents', corpus.stories, 'n_stories'] : null, ['entities?type=PER', corpus.people, 'n_people'], ['ledger', corpus.events, 'n_events'], ['agreements', corpus.agreements, 'n_signed'], ['statements', corpus.statements, 'n_statements'], corpus.errors ? ['audit', corpus.errors, 'n_errors'] : null].filter(Boolean);
  const actors = data('entities').filter(e => e.type === 'PER' || e.type === 'ORG').slice(0, 10);
  const removed = new Map();
  for (const row of data('audit')) if (row.what === 'removed') removed.set(row.kind, (removed.get(row.kind) || 0) + row.characters);
  const zones = [...removed].map(([kind, n]) => ({ label: word('zone_names', kind), n })).sort((a, b) => b.n - a.n).slice(0, 8);
  // What is worth the front page: people did it, most tell it, and its day is known.
  const happened = events.filter(e => e.modality === 'happened'), acts = e => { const { one, other } = sides(e); return [...one, ...other].filter(p => /^(per|org):/.test(p.entity)).length; };
  const latest = happened.filter(acts).sort((a, b) => !!isDated(b) - !!isDated(a) || b.documents - a.documents || Math.min(2, acts(b)) - Math.min(2, acts(a)) || (b.date.first || '').localeCompare(a.date.first || '')).slice(0, 7);
  const papers = data('agreements').filter(a => a.status !== 'mentioned').slice(0, 5), chart = monthsChart(events);
  const dated = happened.filter(isDated).length;
  const period = corpus.first_day ? t('dated_range', { k: number(dated), n: number(happened.length), a: dayText(corpus.first_day), b: dayText(corpus.last_day) }) : null;
  return [head(t('overview'), period),
    h('div', { class: 'numbers' }, cells.map(([view, n, label]) => h('a', { href: '#/' + view }, h('b', {}, number(n)), h('span', {}, t(label, { n }))))),
    h('div', { class: 'grid' }, card('', t('trust'), null, trustStrip())),
    h('div', { class: 'grid' },
      latest.length ? card('c7', t('latest'), '#/ledger', h('ul', { class: 'plain' }, latest.map(eventLine))) : null,
      actors.length ? card(latest.length ? 'c5' : 'c6', t('top_actors'), '#/entities', bars(actors.map(e => ({ label: h('a', { href: link('entity', e.id) }, h('span', { class: `dot ${e.type}` }), e.name), n: e.documents, class: e.type })))) : null,
      papers.length ? card('c7', t('signed_what'), '#/agreements', h('ul', { class: 'plain' }, papers.map(a => h('li', {}, state(a.status), ' ', a.date ? when(a.date) : '', h('div', {}, h('a', { href: link('agreement', a.id) }, paperName(a))))))) : null,
      zones.length ? card(latest.length && papers.length ? 'c5' : 'c6', t('what_removed'), '#/audit', bars(zones, 'var(--removed)')) : null,
      chart ? card('', t('by_month'), '#/timeline', chart) : null)];
}
