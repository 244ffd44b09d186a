//! Circles in a graph.
use std::collections::{BTreeMap, BTreeSet};

/// Circles, at most one for each node that closes one; the same ones in the same order every time. Without recursion:
/// the graph is as deep as whoever wrote the files wants.
pub(super) fn cycle<'a>(graph: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Vec<Vec<&'a str>> {
    let none = BTreeSet::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for start in graph.keys() {
        if done.contains(start) {
            continue;
        }
        let next = |node: &str| graph.get(node).unwrap_or(&none).iter();
        let mut path: Vec<&'a str> = vec![start];
        let mut on_path: BTreeSet<&str> = BTreeSet::from([*start]);
        let mut todo = vec![next(start)];
        while let Some(edges) = todo.last_mut() {
            match edges.next() {
                Some(to) if on_path.contains(to) => {
                    let from = path.iter().position(|node| node == to).unwrap_or(0);
                    found.push(path[from..].to_vec());
                }
                Some(to) if !done.contains(to) => {
                    path.push(to);
                    on_path.insert(to);
                    todo.push(next(to));
                }
                Some(_) => {}
                None => {
                    todo.pop();
                    if let Some(node) = path.pop() {
                        on_path.remove(node);
                        done.insert(node);
                    }
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::cycle;

    fn of(edges: &[(&'static str, &'static str)]) -> Vec<Vec<&'static str>> {
        let mut graph: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (from, to) in edges {
            graph.entry(from).or_default().insert(to);
        }
        cycle(&graph)
    }

    #[test]
    fn circles() {
        assert_eq!(of(&[("a", "b"), ("b", "c"), ("c", "b")]), [["b", "c"]]);
        assert_eq!(of(&[("a", "a")]), [["a"]]);
        assert!(of(&[("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]).is_empty());
    }

    #[test]
    fn a_long_chain_does_not_overflow() {
        let names: Vec<&'static str> = (0..100_000).map(|n| &*format!("{n:06}").leak()).collect();
        let edges: Vec<_> = names.windows(2).map(|pair| (pair[0], pair[1])).collect();
        assert!(of(&edges).is_empty());
    }
}
