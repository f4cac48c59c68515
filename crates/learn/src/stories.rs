//! The segmented stories, printed again, with the captions of their pictures.

use std::path::Path;

use anyhow::Result;

use crate::articles;
use crate::words::corpus::Line;

/// A story of `data/raw/vietnews.segmented.jsonl.zst`.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) title: String,
    pub(crate) lede: String,
    pub(crate) paragraphs: Vec<String>,
    /// What stands under its pictures; credits may be among the words.
    pub(crate) captions: Vec<String>,
}

impl Story {
    /// Headline and standfirst on a line each, and the paragraphs on one.
    pub(crate) fn page(&self) -> String {
        [&*self.title, &*self.lede, &*self.paragraphs.join(" ")].join("\n")
    }
}

/// Reads the stories that have captions, in the order of the file.
pub(crate) fn read(shared: &Path) -> Result<Vec<Story>> {
    let mut stories = Vec::new();
    let path = shared.join("data/raw/vietnews.segmented.jsonl.zst");
    articles::each(&path, 1, &mut |_, value| {
        let part = |at: usize| value["parts"][at].as_str().unwrap_or_default();
        let print = |line: &str| Line::print(line.split(' ').filter(|t| !t.is_empty())).text;
        let lines = |text: &str| -> Vec<String> {
            text.split('\n').map(print).filter(|line| !line.is_empty()).collect()
        };
        let captions = lines(part(2));
        if !captions.is_empty() {
            stories.push(Story {
                title: print(value["title"].as_str().unwrap_or_default()),
                lede: print(part(0)),
                paragraphs: lines(part(1)),
                captions,
            });
        }
    })?;
    Ok(stories)
}
