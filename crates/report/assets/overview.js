// The front page: the corpus in numbers, how far to trust it, and the beginnings of every table.
const COLORS = { stated: 'var(--happened)', inferred: 'var(--date)', open: 'var(--removed)' };

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
    h('div', {}, h('h3', {}, h('a', { href: '#/audit' }, t('trust_text'))), stack(text), h('div', { class: 'legend' }, text.map(p => h('span', { style: { '--c': p.color } }, `${p.label} ${percent(p.n, corpus.characters)}`)))),
    h('div', {}, h('h3', {}, t('doc_quality')), h('ul', { class: 'facts' }, facts.filter(([, n]) => n !== null).map(([label, n]) => h('li', {}, h('span', { class: 'soft' }, label), h('b', {}, number(n)))))));
}

function monthsChart(events) {
  const dated = events.filter(e => e.date.first && e.date.last && e.modality !== 'planned').map(e => e.date.first).sort();
  if (dated.length < 2) return null;
  const years = +dated.at(-1).slice(0, 4) - +dated[0].slice(0, 4) > 4;
  const counts = new Map();
  for (const day of dated) { const key = day.slice(0, years ? 4 : 7); counts.set(key, (counts.get(key) || 0) + 1); }
  const keys = [];
  for (let at = dated[0].slice(0, 7); keys.length < 240 && at <= dated.at(-1).slice(0, 7);) {
    const key = at.slice(0, years ? 4 : 7);
    if (keys.at(-1) !== key) keys.push(key);
    let [y, m] = at.split('-').map(Number); m++; if (m > 12) { m = 1; y++; }
    at = `${y}-${two(m)}`;
  }
  const most = Math.max(...counts.values()), width = 1100, height = 110, step = width / keys.length;
  const label = key => key.length === 4 ? key : monthText(...key.split('-'));
  return h('div', { class: 'chart' }, s('svg', { viewBox: `0 0 ${width} ${height + 1}`, preserveAspectRatio: 'none', style: 'width: 100%; height: 7rem', role: 'img', 'aria-label': t('by_month') },
    keys.map((key, i) => { const n = counts.get(key) || 0, tall = n ? Math.max(3, n / most * (height - 14)) : 0; return s('rect', { x: i * step + step * .12, y: height - tall, width: Math.min(44, Math.max(1, step * .76)), height: tall, rx: Math.min(3, step / 4), style: 'fill: var(--accent)' }, s('title', {}, `${label(key)}: ${n}`)); }),
    s('line', { class: 'axis', x1: 0, x2: width, y1: height + .5, y2: height + .5 })), h('div', { class: 'ends' }, h('span', {}, label(keys[0])), h('span', {}, label(keys.at(-1)))));
}

function eventLine(event) {
  const { one, other, objects } = sides(event);
  const list = people => people.map((p, i) => [i ? ', ' : '', named(p.entity)]);
  return h('li', {}, h('div', { class: 'small' }, when(event.date), ' ', event.modality !== 'happened' ? state(event.modality) : ''), h('div', {}, h('a', { class: 'kind', href: link('event', event.id) }, word('types', event.type)), ': ', list(one), other.length ? [' – ', list(other)] : '', objects.length ? h('span', { class: 'cap' }, objects.map((p, i) => [i ? ', ' : '', entity(p.entity).name])) : ''));
}

function overview() {
  const corpus = data('corpus'), events = data('events');
  const cells = [['documents', corpus.documents, 'n_documents'], corpus.stories !== undefined && corpus.stories < corpus.documents ? ['documents', corpus.stories, 'n_stories'] : null, ['entities', data('limits').people, 'n_people'], ['ledger', corpus.events, 'n_events'], ['agreements', corpus.agreements, 'n_agreements'], ['statements', corpus.statements, 'n_statements'], corpus.errors ? ['audit', corpus.errors, 'n_errors'] : null].filter(Boolean);
  const actors = data('entities').filter(e => e.type === 'PER' || e.type === 'ORG').slice(0, 10);
  const removed = new Map();
  for (const row of data('audit')) if (row.what === 'removed') removed.set(row.kind, (removed.get(row.kind) || 0) + row.characters);
  const zones = [...removed].map(([kind, n]) => ({ label: word('zone_names', kind), n })).sort((a, b) => b.n - a.n).slice(0, 8);
  const happened = events.filter(e => e.modality === 'happened'), latest = [...happened].sort((a, b) => b.documents - a.documents || (b.date.first || '').localeCompare(a.date.first || '')).slice(0, 7);
  const papers = data('agreements').filter(a => a.status !== 'mentioned').slice(0, 5), chart = monthsChart(events);
  const period = corpus.first_day ? t('from_to', { a: dayText(corpus.first_day), b: dayText(corpus.last_day) }) : null;
  return [head(t('overview'), period),
    h('div', { class: 'numbers' }, cells.map(([view, n, label]) => h('a', { href: '#/' + view }, h('b', {}, number(n)), h('span', {}, t(label))))),
    h('div', { class: 'grid' }, card('', t('trust'), null, trustStrip())),
    h('div', { class: 'grid' },
      latest.length ? card('c7', t('latest'), '#/ledger', h('ul', { class: 'plain' }, latest.map(eventLine))) : null,
      actors.length ? card(latest.length ? 'c5' : 'c6', t('top_actors'), '#/entities', bars(actors.map(e => ({ label: h('a', { href: link('entity', e.id) }, h('span', { class: `dot ${e.type}` }), e.name), n: e.documents, class: e.type })))) : null,
      papers.length ? card('c7', t('signed_what'), '#/agreements', h('ul', { class: 'plain' }, papers.map(a => h('li', {}, state(a.status), ' ', a.date ? when(a.date) : '', h('div', {}, h('a', { href: link('agreement', a.id) }, paperName(a))))))) : null,
      zones.length ? card(latest.length && papers.length ? 'c5' : 'c6', t('what_removed'), '#/audit', bars(zones, 'var(--removed)')) : null,
      chart ? card('', t('by_month'), '#/timeline', chart) : null)];
}
