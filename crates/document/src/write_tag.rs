//! Writing the layer of tag: mentions and entities by hand, for nearly all of it is those.

use crate::write::{comma, write};
use crate::{Alias, Entity, Mention, Tag, json};

/// The bytes that [`Tag`]'s `Serialize` makes.
pub(crate) fn write_tag(tag: &Tag, out: &mut Vec<u8>) {
    let Tag { mentions, entities, groups, events, statements } = tag;
    out.extend_from_slice(b"{\"mentions\":[");
    for (i, mention) in mentions.iter().enumerate() {
        out.extend_from_slice(comma(i));
        write_mention(mention, out);
    }
    out.extend_from_slice(b"],\"entities\":[");
    for (i, entity) in entities.iter().enumerate() {
        out.extend_from_slice(comma(i));
        write_entity(entity, out);
    }
    out.push(b']');
    if let Some(groups) = groups {
        out.extend_from_slice(b",\"groups\":");
        write(groups, out);
    }
    if let Some(events) = events {
        out.extend_from_slice(b",\"events\":");
        write(events, out);
    }
    if let Some(statements) = statements {
        out.extend_from_slice(b",\"statements\":");
        write(statements, out);
    }
    out.push(b'}');
}

fn write_mention(mention: &Mention, out: &mut Vec<u8>) {
    let Mention {
        start,
        end,
        kind,
        surface,
        entity,
        holder,
        value,
        resolved,
        basis,
        zone,
        confidence,
        rule,
    } = mention;
    json::extent(*start, *end, out);
    word(b",\"type\":\"", kind.as_str(), out);
    field(b",\"surface\":", surface, out);
    let fields: [(&[u8], _); 6] = [
        (b",\"entity\":", entity.as_deref()),
        (b",\"holder\":", holder.as_deref()),
        (b",\"value\":", value.as_deref()),
        (b",\"resolved\":", resolved.as_deref()),
        (b",\"basis\":", basis.as_deref()),
        (b",\"zone\":", zone.map(|zone| zone.as_str())),
    ];
    for (name, text) in fields {
        if let Some(text) = text {
            field(name, text, out);
        }
    }
    if let Some(confidence) = confidence {
        out.extend_from_slice(b",\"confidence\":");
        probability(*confidence, out);
    }
    if let Some(rule) = rule {
        field(b",\"rule\":", rule, out);
    }
    out.push(b'}');
}

fn write_entity(entity: &Entity, out: &mut Vec<u8>) {
    let Entity { id, kind, name, aliases, titles } = entity;
    field(b"{\"id\":", id, out);
    word(b",\"type\":\"", kind.as_str(), out);
    field(b",\"name\":", name, out);
    if !aliases.is_empty() {
        out.extend_from_slice(b",\"aliases\":[");
        for (i, Alias { name, reason }) in aliases.iter().enumerate() {
            out.extend_from_slice(comma(i));
            field(b"{\"name\":", name, out);
            field(b",\"reason\":", reason, out);
            out.push(b'}');
        }
        out.push(b']');
    }
    if !titles.is_empty() {
        out.extend_from_slice(b",\"titles\":[");
        for (i, title) in titles.iter().enumerate() {
            out.extend_from_slice(comma(i));
            json::string(title, out);
        }
        out.push(b']');
    }
    out.push(b'}');
}

/// Appends a word of ours behind its name and quotation mark.
fn word(name: &[u8], word: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(name);
    out.extend_from_slice(word.as_bytes());
    out.push(b'"');
}

fn field(name: &[u8], text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(name);
    json::string(text, out);
}

/// Appends a probability with four decimals, zeros behind the last left out.
fn probability(value: f32, out: &mut Vec<u8>) {
    let parts = (f64::from(value) * 1e4).round();
    if !(1.0..1e4).contains(&parts) {
        write(&(parts / 1e4), out); // 0.0, 1.0, and what is none
        return;
    }
    let mut rest = parts as u32;
    let mut digits = *b"0.0000";
    for digit in digits[2..].iter_mut().rev() {
        *digit += (rest % 10) as u8;
        rest /= 10;
    }
    let last = digits.iter().rposition(|digit| *digit != b'0').unwrap_or(0);
    out.extend_from_slice(&digits[..=last]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_those_of_serde() {
        let values = (0..=20_001).map(|n| n as f32 / 20_000.0);
        for value in values.chain([-0.0, -0.5, 1e-9, 7.25, 1e20, f32::NAN, f32::INFINITY]) {
            let (mut by_hand, mut by_serde) = (Vec::new(), Vec::new());
            probability(value, &mut by_hand);
            write(&((f64::from(value) * 1e4).round() / 1e4), &mut by_serde);
            assert_eq!(by_hand, by_serde, "{value}");
        }
    }
}
