//! How a package presents itself: what the recipe says, else what the crate says in a porter's words.
use super::{About, check_package, comment, lower_case_start, paragraphs};
use crate::krate::{Krate, readme_first_paragraph};
use crate::profile::Profile;
use crate::recipe::{Located, Pointer, Recipe};

/// The package's name.
///
/// # Errors
/// There is none, or it cannot be one.
pub(super) fn name(recipe: &Recipe, krate: Option<&Krate>) -> Result<String, Located> {
    let upstream = &recipe.upstream;
    let said = [
        (Pointer::new(&[&"package", &"name"]), recipe.package.name.as_deref()),
        (Pointer::new(&[&"upstream", &"name"]), upstream.name.as_deref()),
        (Pointer::new(&[&"upstream", &"package"]), upstream.package.as_deref()),
        (Pointer::new(&[&"upstream", &"crate"]), upstream.krate.as_deref()),
        (
            Pointer::new(&[&"upstream", &"github"]),
            upstream.github.as_deref().and_then(|github| github.rsplit('/').next()),
        ),
    ];
    let from_crate = krate.map(|krate| (Pointer::new(&[&"upstream"]), krate.name.as_str()));
    let Some((at, name)) = said.into_iter().find_map(|(at, name)| Some((at, name?))).or(from_crate) else {
        return Err(
            Located::new(Pointer::new(&[&"upstream"]), "nothing names the package").help("[package] name = \"server\"")
        );
    };
    let lower = name.to_ascii_lowercase().replace('_', "-");
    let chosen = if recipe.package.name.is_some() { name.to_owned() } else { lower };
    check_package(&chosen).map_err(|message| Located::new(at, message).help("[package] name = \"server\""))?;
    Ok(chosen)
}

/// Comment, description and the rest; remarks say what was guessed.
///
/// # Errors
/// A value of the recipe that no tree takes.
pub(super) fn about(
    recipe: &Recipe,
    krate: Option<&Krate>,
    profile: &Profile,
    name: &str,
    remarks: &mut Vec<String>,
) -> Result<About, Located> {
    let package = &recipe.package;
    let at = |field: &str| Pointer::new(&[&"package", &field]);
    let described = krate.and_then(|krate| krate.description.as_deref());
    let comment = match (&package.comment, described) {
        (Some(said), _) => checked_comment(said, name).map_err(|message| Located::new(at("comment"), message))?,
        (None, Some(description)) => {
            let (comment, whole) = comment(description, name);
            if !whole {
                remarks.push(format!("the comment `{comment}` is shortened from the crate's description; `[package] comment` sets a better one"));
            }
            comment
        }
        // The crate is not at hand where only what is installed is of interest.
        (None, None) if krate.is_none() && recipe.builds() => name.to_owned(),
        (None, None) => String::new(),
    };
    if comment.is_empty() {
        return Err(Located::new(at("comment"), "neither the crate nor the recipe says in a line what the server is")
            .help("[package] comment = \"Small example server\""));
    }
    let text = match (&package.description, krate.and_then(readme_first_paragraph), described) {
        (Some(said), ..) => said.clone(),
        (None, Some(paragraph), _) if paragraph.len() >= 80 => paragraph,
        (None, paragraph, described) => {
            paragraph.or(described.map(ToOwned::to_owned)).unwrap_or_else(|| format!("{comment}."))
        }
    };
    let text = ascii(&text);
    // A person's own words stay as they are.
    let text = if package.description.is_some() { text } else { sentence(&text, name) };
    let description = paragraphs(&text, 24);
    if let Some(long) = description.iter().find(|line| line.chars().count() > 80) {
        return Err(Located::new(at("description"), format!("`{long}` does not fit into 80 columns"))
            .help("[package] description = \"…\" with shorter words"));
    }
    let comment = if profile.comment_starts_lower { lower_case_start(&comment, &text) } else { comment };
    let (maintainer_name, maintainer) = match &package.maintainer {
        Some(said) => checked_maintainer(said).map_err(|message| Located::new(at("maintainer"), message))?,
        None => (None, profile.maintainer.clone()),
    };
    Ok(About {
        comment,
        description,
        homepage: homepage(recipe, krate)?,
        maintainer,
        maintainer_name,
        categories: categories(recipe, krate, profile)?,
        revision: package.revision,
    })
}

/// A crate's one-liner becomes a sentence; a name at its start is written as it is.
fn sentence(text: &str, name: &str) -> String {
    let text = text.trim();
    let mut chars = text.chars();
    let capital = match chars.next() {
        Some(first) if !text.starts_with(name) => first.to_uppercase().chain(chars).collect::<String>(),
        _ => text.to_owned(),
    };
    if capital.ends_with(|c: char| c.is_alphanumeric()) { capital + "." } else { capital }
}

/// Descriptions are ASCII (pkglint: "contains invalid characters"): dashes and quotes of typographers become plain.
fn ascii(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\n' => out.push('\n'),
            '‘' | '’' => out.push('\''),
            '“' | '”' => out.push('"'),
            '–' | '—' => out.push('-'),
            '…' => out.push_str("..."),
            c if c.is_ascii_graphic() => out.push(c),
            c if c.is_whitespace() => out.push(' '),
            _ => {}
        }
    }
    out
}

fn checked_comment(said: &str, name: &str) -> Result<String, String> {
    let (proper, whole) = comment(said, name);
    if !whole {
        return Err(format!("`{said}` is longer than {} characters", super::COMMENT_MAX));
    }
    if proper != said {
        return Err(format!(
            "`{said}` has an article, the package's name, quotes or a full stop, which porters leave out: write `{proper}`"
        ));
    }
    Ok(proper)
}

/// Name, if one is given, and address.
fn checked_maintainer(said: &str) -> Result<(Option<String>, String), String> {
    let (name, address) = match said.split_once('<') {
        Some((name, rest)) => (Some(name.trim()), rest.strip_suffix('>').unwrap_or("")),
        None => (None, said),
    };
    let plain_address = address.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
        && address.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"@._+-".contains(&byte));
    let plain_name = name.is_none_or(|name| {
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || " .'-".contains(c)) && name.len() <= 60
    });
    if plain_address && plain_name {
        Ok((name.map(ToOwned::to_owned), address.to_owned()))
    } else {
        Err(format!(
            "`{said}` is not a plain mail address: write `porter@example.org` or `Jane Porter <porter@example.org>`"
        ))
    }
}

fn homepage(recipe: &Recipe, krate: Option<&Krate>) -> Result<Option<String>, Located> {
    let plain = |url: &&String| {
        (url.starts_with("https://") || url.starts_with("http://"))
            && url.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!&'()*+,;=%".contains(&byte))
    };
    if let Some(said) = &recipe.package.homepage
        && !plain(&said)
    {
        return Err(Located::new(Pointer::new(&[&"package", &"homepage"]), format!("`{said}` is not a web address"))
            .help("[package] homepage = \"https://…\""));
    }
    // What a crate says is a stranger's text: an odd homepage is none.
    let from_crate = krate.into_iter().flat_map(|krate| [&krate.homepage, &krate.repository]).flatten().find(plain);
    let url = recipe.package.homepage.as_ref().or(from_crate);
    Ok(url.map(|url| url.trim_end_matches(".git").to_owned()))
}

/// A category in the tree's own words.
fn in_the_tree(category: &String, profile: &Profile) -> Option<String> {
    if profile.categories.contains(category) {
        return Some(category.clone());
    }
    profile.category_aliases.get(category).cloned()
}

fn no_category(category: &str, profile: &Profile, at: Pointer) -> Located {
    let error = Located::new(at, format!("the tree of `{}` has no category `{category}`", profile.name));
    let error = match crate::diag::did_you_mean(category, profile.categories.iter().map(String::as_str)) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.note(format!("categories: {}", profile.categories.join(" "))),
    };
    error.help(format!("if only this tree lacks it: [os.{}] categories = [\"…\"]", profile.os))
}

fn categories(recipe: &Recipe, krate: Option<&Krate>, profile: &Profile) -> Result<Vec<String>, Located> {
    let own = recipe.os.get(&profile.os).map(|os| os.categories.as_slice()).unwrap_or_default();
    let (said, at) = if own.is_empty() {
        (recipe.package.categories.as_slice(), Pointer::new(&[&"package", &"categories"]))
    } else {
        (own, Pointer::new(&[&"os", &profile.os, &"categories"]))
    };
    let mut categories: Vec<String> = Vec::new();
    for (index, category) in said.iter().enumerate() {
        let Some(word) = in_the_tree(category, profile) else {
            return Err(no_category(category, profile, at.then(index)));
        };
        if !categories.contains(&word) {
            categories.push(word);
        }
    }
    if !categories.is_empty() {
        return Ok(categories);
    }
    let mut guessed: Vec<String> = Vec::new();
    for slug in krate.map(|krate| krate.categories.as_slice()).unwrap_or_default() {
        let category = profile.category_map.get(slug).and_then(|category| in_the_tree(category, profile));
        guessed.extend(category.filter(|category| !guessed.contains(category)));
    }
    if guessed.is_empty() {
        // A server is about the network when nothing says more; a program is a tool of the system.
        guessed.push(if recipe.service.is_some() { "net" } else { "sysutils" }.to_owned());
    }
    guessed.truncate(3);
    Ok(guessed)
}
