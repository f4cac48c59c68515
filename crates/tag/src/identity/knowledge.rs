//! What a user knows of people and organisations: JSON Lines of ids with their names.

use std::collections::BTreeMap;
use std::fmt;

use bantin_document::MentionType;
use serde::Deserialize;

use super::places::keys;

/// Entities that a user brings along. Where one of their names stands in a document, the entity
/// has the user's id and its first name.
///
/// ```
/// use bantin_tag::Knowledge;
///
/// let lines = r#"{"id":"per:q42","type":"PER","names":["Trần Văn Sơn","T.V. Sơn"]}"#;
/// assert_eq!(Knowledge::parse(lines).unwrap().len(), 1);
/// assert!(Knowledge::parse("{}").unwrap_err().to_string().starts_with("line 1"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    entities: Vec<(MentionType, String, String)>,
    by_name: BTreeMap<(MentionType, Vec<u64>), usize>,
}

/// A line that is no entity.
#[derive(Debug)]
pub struct KnowledgeError {
    line: usize,
    problem: Problem,
}

#[derive(Debug)]
enum Problem {
    Shape(serde_json::Error),
    NoId,
    NoName,
    IdTwice(usize),
    NameTwice(String, usize),
}

impl fmt::Display for KnowledgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.problem {
            Problem::Shape(error) => {
                write!(f, "not an entity with id, type and names: {error}")
            }
            Problem::NoId => f.write_str("the id is empty"),
            Problem::NoName => f.write_str("the entity has no name, or one without a word"),
            Problem::IdTwice(line) => write!(f, "line {line} has the same id"),
            Problem::NameTwice(name, line) => {
                write!(f, "line {line} gives the name \"{name}\" to another entity of the type")
            }
        }
    }
}

impl std::error::Error for KnowledgeError {}

#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(rename = "type")]
    kind: MentionType,
    names: Vec<String>,
}

impl Knowledge {
    /// Reads one JSON object a line, with `id`, `type` and `names`; blank lines are passed over.
    ///
    /// # Errors
    /// A line without one of the three, an id that stands twice, or a name that two entities of
    /// one type share: which of them a document means cannot be known.
    pub fn parse(lines: &str) -> Result<Knowledge, KnowledgeError> {
        let mut knowledge = Knowledge::default();
        let mut lines_of_ids: BTreeMap<String, usize> = BTreeMap::new();
        for (i, line) in lines.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let here = |problem| KnowledgeError { line: i + 1, problem };
            let Line { id, kind, names } =
                serde_json::from_str(line).map_err(|error| here(Problem::Shape(error)))?;
            if id.trim().is_empty() {
                return Err(here(Problem::NoId));
            }
            if let Some(&line) = lines_of_ids.get(&id) {
                return Err(here(Problem::IdTwice(line)));
            }
            let entity = knowledge.entities.len();
            for name in &names {
                let keys = keys(name);
                if keys.is_empty() {
                    return Err(here(Problem::NoName));
                }
                let owner = *knowledge.by_name.entry((kind, keys)).or_insert(entity);
                if owner != entity {
                    let line = lines_of_ids[&knowledge.entities[owner].1];
                    return Err(here(Problem::NameTwice(name.clone(), line)));
                }
            }
            let Some(name) = names.into_iter().next() else {
                return Err(here(Problem::NoName));
            };
            lines_of_ids.insert(id.clone(), i + 1);
            knowledge.entities.push((kind, id, name));
        }
        Ok(knowledge)
    }

    /// Number of entities.
    pub fn len(&self) -> usize {
        self.entities.len()
    }

    /// True when nothing is known.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }

    pub(crate) fn person(&self, name: &str) -> Option<(&str, &str)> {
        self.named(MentionType::Per, name)
    }

    pub(crate) fn named(&self, kind: MentionType, name: &str) -> Option<(&str, &str)> {
        if self.by_name.is_empty() {
            return None;
        }
        let entity = self.by_name.get(&(kind, keys(name)))?;
        let (_, id, name) = &self.entities[*entity];
        Some((id, name))
    }
}
