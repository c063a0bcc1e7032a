//! Which site a document comes from.

use std::str::FromStr;

use cleancopy_core::Field;
use cleancopy_ingest::Loaded;

/// How to tell the site of a document. Plain data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SiteFrom {
    /// The host of its address if that is known, else its field `site` or `domain`, else its folder.
    #[default]
    Auto,
    /// The host of its address: declared by the page, or its field `url`.
    Url,
    /// The name of the folder that its file lies in.
    Folder,
    /// A field of its record; of an address the host.
    Field(String),
}

/// Names that are no way to tell a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownSiteFrom(String);

impl std::fmt::Display for UnknownSiteFrom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` is not auto, url, folder or field:NAME", self.0)
    }
}

impl std::error::Error for UnknownSiteFrom {}

impl FromStr for SiteFrom {
    type Err = UnknownSiteFrom;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Ok(match (name, name.strip_prefix("field:")) {
            ("auto", _) => Self::Auto,
            ("url", _) => Self::Url,
            ("folder", _) => Self::Folder,
            (_, Some(field)) if !field.is_empty() => Self::Field(field.to_owned()),
            _ => return Err(UnknownSiteFrom(name.to_owned())),
        })
    }
}

impl SiteFrom {
    /// The site of a document, in lower case; `None` if nothing tells.
    pub fn site(&self, loaded: &Loaded) -> Option<String> {
        let site = match self {
            Self::Auto => {
                from_url(loaded).or_else(|| from_fields(loaded, &["site", "domain"])).or_else(|| from_folder(loaded))
            }
            Self::Url => from_url(loaded),
            Self::Folder => from_folder(loaded),
            Self::Field(name) => from_fields(loaded, &[name]),
        };
        site.map(|site| site.trim().to_lowercase()).filter(|site| !site.is_empty())
    }
}

fn from_url(loaded: &Loaded) -> Option<String> {
    let declared = loaded.document.meta.first(Field::Url).and_then(host).map(str::to_owned);
    declared.or_else(|| from_fields(loaded, &["url"]))
}

fn from_folder(loaded: &Loaded) -> Option<String> {
    Some(loaded.source.path.parent()?.file_name()?.to_string_lossy().into_owned())
}

/// The first of the fields that holds a text.
fn from_fields(loaded: &Loaded, names: &[&str]) -> Option<String> {
    let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(loaded.fields.as_deref()?).ok()?;
    let value = names.iter().find_map(|name| fields.get(*name)?.as_str())?;
    Some(host(value).unwrap_or(value).to_owned())
}

/// The host of an address, without `www.`.
pub(crate) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}
