//! The raw articles, as a crawl left them: statistics are counted in them, and labels point to
//! them by id.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;

use crate::articles;

/// An article of `data/raw/baomoi.jsonl.zst`.
#[derive(Clone, Debug)]
pub(crate) struct Article {
    pub(crate) title: String,
    pub(crate) lede: String,
    text: String,
}

impl Article {
    /// The page that labels are offsets of: headline, standfirst and body, a line each.
    pub(crate) fn page(&self) -> String {
        [&*self.title, &*self.lede, &*self.text].join("\n")
    }
}

/// All articles, in the order of the crawl.
#[derive(Debug, Default)]
pub(crate) struct Crawl {
    pub(crate) articles: Vec<Article>,
    places: HashMap<String, usize>,
}

impl Crawl {
    /// Reads the articles in the folder of the data; fields are trimmed.
    pub(crate) fn read(shared: &Path) -> Result<Crawl> {
        let path = shared.join("data/raw/baomoi.jsonl.zst");
        let mut crawl = Crawl::default();
        articles::each(&path, 1, &mut |_, value| {
            let field = |name: &str| value[name].as_str().unwrap_or_default().trim().to_owned();
            let [id, title, lede, text] = ["id", "title", "lede", "text"].map(field);
            crawl.places.insert(id, crawl.articles.len());
            crawl.articles.push(Article { title, lede, text });
        })?;
        Ok(crawl)
    }

    /// The article with an id.
    pub(crate) fn get(&self, id: &str) -> Option<&Article> {
        self.places.get(id).map(|at| &self.articles[*at])
    }
}
