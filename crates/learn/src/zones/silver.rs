//! The two scorers of the zone model, trained on raw articles whose own full stops and picture
//! credits are the labels, and on stories whose captions stand apart.

use std::collections::BTreeSet;

use bantin_clean::training::{SLOTS, Silver};

use super::pages::{self, Chance};
use crate::crawl::{Article, Crawl};
use crate::stories::Story;

/// Weights of a scorer: log odds, hashed.
pub(crate) struct Scorer {
    weights: Vec<f32>,
    squares: Vec<f32>,
}

impl Scorer {
    fn new() -> Scorer {
        Scorer { weights: vec![0.0; SLOTS], squares: vec![1e-3; SLOTS] }
    }

    /// The weights of a packed scorer, to go on from: steps are small, as behind a long training.
    pub(crate) fn unpacked(weights: &[u8], step: f32, squares: f32) -> Scorer {
        Scorer {
            weights: weights.iter().map(|w| f32::from(*w as i8) * step).collect(),
            squares: vec![squares; weights.len()],
        }
    }

    pub(crate) fn score(&self, features: &[u32]) -> f32 {
        features.iter().map(|f| self.weights[*f as usize & (self.weights.len() - 1)]).sum()
    }

    /// One step of AdaGrad on the logistic loss.
    fn step(&mut self, features: &[u32], answer: bool, weight: f32, rate: f32) {
        let p = 1.0 / (1.0 + (-self.score(features)).exp());
        let gradient = (p - f32::from(u8::from(answer))) * weight;
        if gradient.abs() < 1e-3 {
            return;
        }
        for feature in features {
            let at = *feature as usize & (self.weights.len() - 1);
            let g = gradient + 2e-5 * self.weights[at];
            self.squares[at] += g * g;
            self.weights[at] -= rate * g / self.squares[at].sqrt();
        }
    }

    /// A byte a weight, and the value of one step.
    pub(crate) fn packed(&self) -> (Vec<i8>, f32) {
        let step = 1.0 / 24.0;
        let pack = |w: &f32| (w / step).round().clamp(-127.0, 127.0) as i8;
        (self.weights.iter().map(pack).collect(), step)
    }
}

/// The pages of articles without those whose headline or standfirst is in `left_out`.
pub(crate) fn pages(crawl: &Crawl, left_out: &BTreeSet<String>) -> Vec<String> {
    let is_left_out = |line: &String| left_out.contains(line);
    let articles = crawl.articles.iter();
    let rest = articles.filter(|a| !is_left_out(&a.title) && !is_left_out(&a.lede));
    rest.map(Article::page).collect()
}

/// Examples of a scorer, flat.
#[derive(Default)]
pub(crate) struct Examples {
    features: Vec<u32>,
    ends: Vec<usize>,
    answers: Vec<(bool, f32)>,
}

impl Examples {
    pub(crate) fn push(&mut self, features: &[u32], answer: bool, weight: f32) {
        self.features.extend_from_slice(features);
        self.ends.push(self.features.len());
        self.answers.push((answer, weight));
    }

    pub(crate) fn train(&self, scorer: &mut Scorer, epochs: usize, rate: f32) {
        let mut random = 7u64;
        let mut order: Vec<u32> = (0..self.ends.len() as u32).collect();
        for epoch in 0..epochs {
            for i in (1..order.len()).rev() {
                let j = crate::crf::next(&mut random) % (i as u64 + 1);
                order.swap(i, j as usize);
            }
            let rate = rate / (1.0 + epoch as f32);
            for i in &order {
                let i = *i as usize;
                let start = if i == 0 { 0 } else { self.ends[i - 1] };
                let (answer, weight) = self.answers[i];
                scorer.step(&self.features[start..self.ends[i]], answer, weight, rate);
            }
        }
    }

    /// Area under the curve of a held-out part, by counting pairs in score order.
    fn auc(&self, scorer: &Scorer) -> f64 {
        let mut scored: Vec<(f32, bool)> = (0..self.ends.len())
            .map(|i| {
                let start = if i == 0 { 0 } else { self.ends[i - 1] };
                (scorer.score(&self.features[start..self.ends[i]]), self.answers[i].0)
            })
            .collect();
        scored.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut below, mut pairs, mut yes) = (0u64, 0u64, 0u64);
        for (_, answer) in &scored {
            if *answer {
                pairs += below;
                yes += 1;
            } else {
                below += 1;
            }
        }
        pairs as f64 / (yes * below).max(1) as f64
    }
}

/// One in so many sentences of stories is held against their captions.
const STORY_PART: usize = 4;

/// Trains both scorers: beginnings of sentences, and captions.
pub(crate) fn train(articles: &[String], stories: &[Story]) -> (Scorer, Scorer) {
    let parts = articles.split_at(articles.len() / 40);
    (beginnings(parts, stories), captions(parts, stories))
}

fn beginnings((held_out, rest): (&[String], &[String]), stories: &[Story]) -> Scorer {
    let mut silver = Silver::default();
    let mut scorer = Scorer::new();
    let mut first = Examples::default();
    for text in rest.iter().step_by(4) {
        silver.boundaries(text, &|_| f32::MIN, &mut |f, a, w| first.push(f, a, w));
    }
    first.train(&mut scorer, 1, 0.1);
    drop(first);
    // Once more without the sentences that hold a stopless caption, probably.
    let (mut train, mut test) = (Examples::default(), Examples::default());
    for text in rest {
        let doubt = |f: &[u32]| scorer.score(f);
        silver.boundaries(text, &doubt, &mut |f, a, w| train.push(f, a, w));
    }
    let mut chance = Chance::new(9);
    for story in stories {
        let page = pages::put_together(story, &mut chance);
        silver.seams(&page.text, &|at| page.zone_at(at), &mut |f, a, w| train.push(f, a, w));
    }
    for text in held_out {
        silver.boundaries(text, &|_| f32::MIN, &mut |f, a, w| test.push(f, a, w));
    }
    let mut scorer = Scorer::new();
    train.train(&mut scorer, 2, 0.1);
    told("beginnings of sentences", &scorer, &train, &test);
    scorer
}

fn captions((held_out, rest): (&[String], &[String]), stories: &[Story]) -> Scorer {
    let mut silver = Silver::default();
    let (mut train, mut test) = (Examples::default(), Examples::default());
    for text in rest {
        silver.captions(text, &mut |f, a, w| train.push(f, a, if a { w * 2.0 } else { w }));
    }
    let mut sentences = 0;
    for story in stories {
        silver.story(&story.page(), &story.captions, &mut |f, a, w| {
            sentences += usize::from(!a);
            if a || sentences % STORY_PART == 0 {
                train.push(f, a, w);
            }
        });
    }
    for text in held_out {
        silver.captions(text, &mut |f, a, w| test.push(f, a, w));
    }
    let mut scorer = Scorer::new();
    train.train(&mut scorer, 6, 0.02);
    told("captions", &scorer, &train, &test);
    scorer
}

fn told(name: &str, scorer: &Scorer, train: &Examples, test: &Examples) {
    super::report(&format!(
        "{name}: {} examples, AUC {:.4} on {} held out",
        train.ends.len(),
        test.auc(scorer),
        test.ends.len()
    ));
}
