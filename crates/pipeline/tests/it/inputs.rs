//! Ids and shards depend on the set of paths, not on what stands in the files.

use std::fs;
use std::path::{Path, PathBuf};

use bantin_pipeline::Inputs;

fn found(files: &[&str], arguments: &[&str]) -> Inputs {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    }
    let arguments: Vec<PathBuf> = arguments.iter().map(|a| folder.path().join(a)).collect();
    let mut inputs = Inputs::find(&arguments, None).unwrap();
    let folder = folder.path().to_owned();
    for input in &mut inputs.files {
        let below =
            |path: &str| Path::new(path).strip_prefix(&folder).map(|p| p.display().to_string());
        input.shown = below(&input.shown).unwrap();
    }
    inputs
}

fn rendered(inputs: &Inputs) -> String {
    let line = |input: &bantin_pipeline::Input| {
        let shard = &inputs.shards[input.shard].name;
        format!("{} id {} in {}\n", input.shown, input.id, shard.rsplit("__").next().unwrap())
    };
    inputs.files.iter().map(line).collect()
}

#[test]
fn a_folder_of_everything() {
    let files = [
        "crawl/2017/a.txt",
        "crawl/2017/b.txt.gz",
        "crawl/2018/a.txt",
        "crawl/2018/news.jsonl.zst",
        "crawl/c.TXT",
        "crawl/readme.md",
        "crawl/.hidden/d.txt",
        "crawl/more.ndjson",
        "crawl/so.v2.text",
    ];
    insta::assert_snapshot!(rendered(&found(&files, &["crawl"])), @r"
    crawl/2017/a.txt id 2017/a.txt in 2017
    crawl/2017/b.txt.gz id b in 2017
    crawl/2018/a.txt id 2018/a.txt in 2018
    crawl/2018/news.jsonl.zst id news in news
    crawl/c.TXT id c in crawl
    crawl/more.ndjson id more in more
    crawl/so.v2.text id so.v2 in crawl
    ");
}

#[test]
fn named_files_are_taken_whatever_their_names() {
    let files = ["x/tin", "x/tin.html", "x/.tin"];
    insta::assert_snapshot!(rendered(&found(&files, &["x/tin.html", "x/tin", "x/.tin"])), @r"
    x/tin.html id tin.html in x
    x/tin id tin in x
    x/.tin id .tin in x
    ");
}

#[test]
fn names_do_not_depend_on_how_a_path_is_given() {
    let files = ["crawl/2017/a.txt", "crawl/2018/a.txt", "crawl/news.jsonl"];
    let names = |arguments: &[&str]| {
        let inputs = found(&files, arguments);
        inputs.files.iter().map(|i| format!("{} {}", i.name, i.id)).collect::<Vec<_>>()
    };
    let expected = ["2017/a.txt 2017/a.txt", "2018/a.txt 2018/a.txt", "news.jsonl news"];
    for argument in ["crawl", "crawl/", "./crawl", "crawl/../crawl/.", "crawl/**"] {
        assert_eq!(names(&[argument]), expected, "{argument}");
    }
    // Named files, and folders that hold the same names, have as much of the path as is needed.
    let named = ["crawl/2017/a.txt", "crawl/../crawl/2018/a.txt", "crawl/news.jsonl"];
    assert_eq!(names(&named), expected);
    assert_eq!(names(&["crawl/2017/", "./crawl/2018"]), expected[..2]);
}

#[test]
fn files_of_a_folder_that_are_no_text_are_counted() {
    let files = ["x/a.txt", "x/b.html", "x/y/c.pdf", "x/.d.html", "x/a.jsonl.meta.json", "z.doc"];
    assert_eq!(found(&files, &["x"]).passed_over, 2);
    assert_eq!(found(&files, &["x/a.txt", "z.doc", "x/*.html"]).passed_over, 0);
}

#[test]
fn shards_that_share_every_short_name_get_a_longer_one() {
    let files = ["x/a.jsonl", "x/a.jsonl.gz", "y/a.txt", "a/b.txt"];
    let inputs = found(&files, &["x", "y", "a"]);
    let mut names: Vec<_> = inputs.shards.iter().map(|shard| shard.name.clone()).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 4);
    let y = inputs.shards.iter().find(|shard| shard.name == "y").unwrap();
    assert_eq!(y.inputs.len(), 1);
}

#[test]
fn a_pipe_in_a_folder_is_left_to_its_reader() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("p.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    fs::write(folder.path().join("a.txt"), "x").unwrap();
    let inputs = Inputs::find(&[folder.path().to_owned()], None).unwrap();
    assert_eq!(inputs.files.len(), 1);
    // Named, it is read.
    assert_eq!(Inputs::find(&[pipe], None).unwrap().files[0].size, None);
}
