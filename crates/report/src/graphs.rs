//! The network for graph tools: GraphML, and GEXF for Gephi.

use std::collections::BTreeMap;
use std::io::Result;

use crate::escape::markup;
use crate::exports::Names;
use crate::files::Out;
use crate::report::Report;

/// A format of graphs: what stands around its nodes and edges, and how one is written.
pub(crate) struct Form {
    head: &'static str,
    /// Of its id, name and type.
    node: fn([&str; 3]) -> String,
    between: &'static str,
    /// Of its id, the two ends, its kind and its weight.
    edge: fn([&str; 4], u64) -> String,
    tail: &'static str,
}

pub(crate) const GRAPHML: Form = Form {
    head: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
           <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
           <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n\
           <key id=\"type\" for=\"node\" attr.name=\"type\" attr.type=\"string\"/>\n\
           <key id=\"kind\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>\n\
           <key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n\
           <graph edgedefault=\"undirected\">\n",
    node: |[id, name, kind]| {
        format!(
            "<node id=\"{id}\"><data key=\"label\">{name}</data>\
             <data key=\"type\">{kind}</data></node>\n"
        )
    },
    between: "",
    edge: |[id, source, target, kind], weight| {
        format!(
            "<edge id=\"{id}\" source=\"{source}\" target=\"{target}\">\
             <data key=\"kind\">{kind}</data><data key=\"weight\">{weight}</data></edge>\n"
        )
    },
    tail: "</graph>\n</graphml>\n",
};

pub(crate) const GEXF: Form = Form {
    head: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
           <gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n\
           <graph defaultedgetype=\"undirected\">\n\
           <attributes class=\"node\"><attribute id=\"type\" title=\"type\" type=\"string\"/></attributes>\n\
           <attributes class=\"edge\"><attribute id=\"kind\" title=\"kind\" type=\"string\"/></attributes>\n\
           <nodes>\n",
    node: |[id, name, kind]| {
        format!(
            "<node id=\"{id}\" label=\"{name}\">\
             <attvalues><attvalue for=\"type\" value=\"{kind}\"/></attvalues></node>\n"
        )
    },
    between: "</nodes>\n<edges>\n",
    edge: |[id, source, target, kind], weight| {
        format!(
            "<edge id=\"{id}\" source=\"{source}\" target=\"{target}\" kind=\"{kind}\" \
             weight=\"{weight}\"><attvalues><attvalue for=\"kind\" value=\"{kind}\"/></attvalues></edge>\n"
        )
    },
    tail: "</edges>\n</graph>\n</gexf>\n",
};

impl Report {
    /// The ties as edges, and who has one as nodes.
    pub(crate) fn graph<'r>(
        &'r self,
        form: &Form,
        names: &Names<'r>,
        out: &mut Out<'_>,
    ) -> Result<()> {
        let ends = self.network.iter().flat_map(|edge| [edge.source.as_str(), &edge.target]);
        let nodes: BTreeMap<_, _> = ends.map(|id| (id, names.with_type(id))).collect();
        out.text(form.head)?;
        for (id, (name, kind)) in nodes {
            out.text(&(form.node)([&markup(id), &markup(name), kind]))?;
        }
        out.text(form.between)?;
        for edge in &self.network {
            let [id, source, target] = [&edge.id, &edge.source, &edge.target].map(|s| markup(s));
            out.text(&(form.edge)([&id, &source, &target, &edge.kind], edge.weight))?;
        }
        out.text(form.tail)
    }
}
