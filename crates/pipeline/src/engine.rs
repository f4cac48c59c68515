//! Inputs through the stages, unit by unit, into whatever gathers their records.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use bantin_document::{Document, ErrorCode, ErrorRecord, Fields, Record};
use rayon::ThreadPool;

use crate::content::Format;
use crate::input::Inputs;
use crate::reader::{Ended, Reader, Unit};
use crate::records::{Found, records};
use crate::{guard, ordered};

/// One step of a chain: its name, and how a thread gets a worker of its own.
pub struct Stage<'s> {
    name: &'static str,
    hire: Box<dyn Fn() -> Worker<'s> + Send + Sync + 's>,
}

/// One thread's buffers of a stage; adds the stage's layer to a document.
pub type Worker<'s> = Box<dyn FnMut(&mut Document) + Send + 's>;

impl<'s> Stage<'s> {
    /// A stage whose workers `hire` makes. The name stands in the error record of a document that
    /// a worker panics on.
    pub fn new<W>(name: &'static str, hire: impl Fn() -> W + Send + Sync + 's) -> Stage<'s>
    where
        W: FnMut(&mut Document) + Send + 's,
    {
        Stage { name, hire: Box::new(move || Box::new(hire())) }
    }
}

/// What becomes of the records of a unit; called on the worker's thread.
pub trait Gather: Sync {
    /// What a unit's records become: bytes to write, counts to add.
    type Part: Default + Send + 'static;

    /// Takes one record, in the order of the input. Error records come here too, unless they are
    /// diverted.
    fn record(&self, record: &Record, part: &mut Self::Part);

    /// Called behind the last record of a unit.
    fn done(&self, _part: &mut Self::Part) {}

    /// Sees an error record that is diverted.
    fn diverted(&self, _record: &Record, _part: &mut Self::Part) {}
}

/// Records as lines of JSON.
impl Gather for bantin_document::Unit {
    type Part = Vec<u8>;

    fn record(&self, record: &Record, part: &mut Vec<u8>) {
        record.write(part, *self);
    }
}

/// What one unit of input became.
pub struct Output<P> {
    /// Index of the shard it belongs to.
    pub shard: usize,
    /// What was gathered.
    pub part: P,
    /// Diverted error records as lines of JSON.
    pub rejects: Vec<u8>,
    /// What the records were.
    pub counts: Counts,
    /// Documents with the hash of their ids, in order.
    pub documents: Vec<Named>,
    /// Which of the text fields a record had, by bit; of records that are not ours.
    pub present: u64,
    /// Error records that arose here; those of earlier stages only pass.
    pub failures: Vec<ErrorRecord>,
    /// Bytes read of the files as they are stored.
    pub read: u64,
    pub(crate) ended: Vec<Ended>,
}

/// How to find a document again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Where it was read: `FILE` or `FILE:LINE`.
    pub place: String,
    /// True when it has no text.
    pub empty: bool,
}

/// How many records there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    /// Documents.
    pub documents: u64,
    /// Documents whose text is empty.
    pub empty: u64,
    /// Error records, those of earlier stages included.
    pub errors: u64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.documents += other.documents;
        self.empty += other.empty;
        self.errors += other.errors;
    }
}

/// Sends inputs through a chain of stages.
pub struct Engine<'s> {
    stages: Vec<Stage<'s>>,
    pool: ThreadPool,
    /// Where text and id stand in foreign JSON.
    pub fields: Fields,
    /// Text or JSON Lines; `None` lets the name and the content decide.
    pub format: Option<Format>,
    /// Most bytes of one record.
    pub limit: usize,
    /// Keeps error records apart, in [`Output::rejects`].
    pub divert: bool,
    /// Names documents in [`Output::documents`].
    pub name_documents: bool,
}

/// Most bytes of one record, unless told otherwise.
pub const RECORD_LIMIT: usize = 64 << 20;

impl<'s> Engine<'s> {
    /// A chain of stages on so many threads. With one thread everything happens on the caller's.
    pub fn new(
        stages: Vec<Stage<'s>>,
        threads: NonZeroUsize,
    ) -> Result<Engine<'s>, rayon::ThreadPoolBuildError> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads.get())
            .thread_name(|i| format!("bantin-{i}"))
            .build()?;
        Ok(Engine {
            stages,
            pool,
            fields: Fields::default(),
            format: None,
            limit: RECORD_LIMIT,
            divert: false,
            name_documents: false,
        })
    }

    /// Reads all `inputs` and hands what each unit became to `write`, in their order, on the
    /// calling thread.
    ///
    /// The first error of `write` ends the run. Nothing else does: what cannot be read or makes a
    /// stage panic is an error record in its place.
    pub fn run<G: Gather, E>(
        &self,
        inputs: &Arc<Inputs>,
        gather: &G,
        write: impl FnMut(Output<G::Part>) -> Result<(), E>,
    ) -> Result<(), E> {
        let all = (0..inputs.files.len()).collect();
        self.run_some(inputs, all, gather, write)
    }

    /// The same with the inputs that have these indices.
    pub(crate) fn run_some<G: Gather, E>(
        &self,
        inputs: &Arc<Inputs>,
        order: Vec<usize>,
        gather: &G,
        write: impl FnMut(Output<G::Part>) -> Result<(), E>,
    ) -> Result<(), E> {
        let reader = Reader {
            inputs: Arc::clone(inputs),
            order: order.into_iter(),
            format: self.format,
            limit: self.limit,
            current: None,
        };
        let crews = Crews { stages: &self.stages, idle: Mutex::default() };
        let work = |unit: Unit| {
            let mut crew = crews.take();
            let output = self.unit(unit, inputs, gather, &mut crew);
            crews.give_back(crew);
            output
        };
        ordered::ordered(&self.pool, reader, Unit::weight, work, write)
    }

    pub(crate) fn pool(&self) -> &ThreadPool {
        &self.pool
    }

    fn unit<G: Gather>(
        &self,
        unit: Unit,
        inputs: &Inputs,
        gather: &G,
        crew: &mut Crew<'s, '_>,
    ) -> Output<G::Part> {
        let mut output = Output {
            shard: unit.shard,
            part: G::Part::default(),
            rejects: Vec::new(),
            counts: Counts::default(),
            documents: Vec::new(),
            present: 0,
            failures: Vec::new(),
            read: unit.read,
            ended: unit.ended,
        };
        let mut found = Vec::new();
        for piece in unit.pieces {
            records(piece, inputs, &self.fields, &mut output.present, |record| found.push(record));
        }
        crew.annotate(&mut found);
        for record in found {
            match record {
                Found::Document(document) => self.document(document, gather, &mut output),
                Found::Failed(error) => {
                    output.failures.push(error.clone());
                    self.error(error, gather, &mut output);
                }
                Found::Passed(error) => self.error(error, gather, &mut output),
            }
        }
        gather.done(&mut output.part);
        output
    }

    fn document<G: Gather>(&self, document: Document, gather: &G, output: &mut Output<G::Part>) {
        output.counts.documents += 1;
        output.counts.empty += u64::from(document.text.is_empty());
        let record = Record::Document(document);
        gather.record(&record, &mut output.part);
        if self.name_documents
            && let Record::Document(document) = record
        {
            let place = document.source.map(|source| match source.line {
                Some(line) => format!("{}:{line}", source.path),
                None => source.path,
            });
            let empty = document.text.is_empty();
            let place = place.unwrap_or_default();
            output.documents.push(Named { id: document.id, place, empty });
        }
    }

    fn error<G: Gather>(&self, error: ErrorRecord, gather: &G, output: &mut Output<G::Part>) {
        output.counts.errors += 1;
        let record = Record::Error(error);
        if self.divert {
            record.write(&mut output.rejects, bantin_document::Unit::Byte);
            gather.diverted(&record, &mut output.part);
        } else {
            gather.record(&record, &mut output.part);
        }
    }
}

/// The workers of all stages for one thread.
struct Crew<'s, 'e> {
    stages: &'e [Stage<'s>],
    workers: Vec<Worker<'s>>,
}

impl Crew<'_, '_> {
    /// Sends the documents of a unit through all stages: all of them through one stage before the
    /// next begins, for the tables of one fill the processor's cache.
    fn annotate(&mut self, found: &mut [Found]) {
        for (stage, worker) in self.stages.iter().zip(&mut self.workers) {
            for record in &mut *found {
                let Found::Document(document) = record else { continue };
                let Err(message) = guard::catch(|| worker(document)) else { continue };
                // Its buffers may be in any state.
                *worker = (stage.hire)();
                let message = format!("a bug in {}, please report it: {message}", stage.name);
                let mut error = ErrorRecord::new(stage.name, ErrorCode::Panic, message);
                if let Some(source) = document.source.take() {
                    (error.path, error.line) = (Some(source.path), source.line);
                }
                error.raw = Some(std::mem::take(&mut document.text));
                *record = Found::Failed(error);
            }
        }
    }
}

/// Crews that wait for work.
struct Crews<'s, 'e> {
    stages: &'e [Stage<'s>],
    idle: Mutex<Vec<Vec<Worker<'s>>>>,
}

impl<'s, 'e> Crews<'s, 'e> {
    fn take(&self) -> Crew<'s, 'e> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let workers =
            idle.unwrap_or_else(|| self.stages.iter().map(|stage| (stage.hire)()).collect());
        Crew { stages: self.stages, workers }
    }

    fn give_back(&self, crew: Crew<'s, 'e>) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(crew.workers);
    }
}
