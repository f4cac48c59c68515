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
    source: serde_json::Error,
}

impl fmt::Display for KnowledgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: not an entity with id, type and names: {}", self.line, self.source)
    }
}

impl std::error::Error for KnowledgeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(rename = "type")]
    kind: MentionType,
    names: Vec<String>,
}

impl Knowledge {
    /// Reads one JSON object a line, with `id`, `type` and `names`; blank lines are passed over.
    pub fn parse(lines: &str) -> Result<Knowledge, KnowledgeError> {
        let mut knowledge = Knowledge::default();
        for (i, line) in lines.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let Line { id, kind, names } = serde_json::from_str(line)
                .map_err(|source| KnowledgeError { line: i + 1, source })?;
            let entity = knowledge.entities.len();
            for name in &names {
                knowledge.by_name.entry((kind, keys(name))).or_insert(entity);
            }
            let name = names.into_iter().next().unwrap_or_else(|| id.clone());
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
