//! The elements of HTML and what they mean for the text.

/// Makes the enum, its names and the look-up from one list.
macro_rules! tags {
    ($($tag:ident $name:literal,)*) => {
        /// An element whose name means something to the parser.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Tag {
            $(#[doc = $name] $tag,)*
            /// Any other: inline, without meaning.
            Other,
        }

        impl Tag {
            /// Number of different tags.
            pub(super) const COUNT: usize = Tag::Other as usize + 1;

            /// The name in lower case; empty for others.
            pub(super) const fn name(self) -> &'static str {
                match self {
                    $(Tag::$tag => $name,)*
                    Tag::Other => "",
                }
            }

            fn lower(name: &[u8]) -> Self {
                match str::from_utf8(name) {
                    $(Ok($name) => Tag::$tag,)*
                    _ => Tag::Other,
                }
            }
        }
    };
}

tags! {
    A "a", Address "address", Article "article", Aside "aside", Audio "audio", B "b", Blockquote "blockquote",
    Body "body", Br "br", Button "button", Canvas "canvas", Caption "caption", Center "center", Code "code",
    Datalist "datalist", Dd "dd", Details "details", Dialog "dialog", Dir "dir", Div "div", Dl "dl", Dt "dt", Em "em",
    Fieldset "fieldset", Figcaption "figcaption", Figure "figure", Footer "footer", Form "form",
    Frameset "frameset", H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5", H6 "h6", Head "head", Header "header",
    Hgroup "hgroup", Hr "hr", Html "html", I "i", Iframe "iframe", Img "img", Input "input", Kbd "kbd", Label "label",
    Legend "legend", Li "li", Link "link", Listing "listing", Main "main", Math "math", Menu "menu", Meta "meta",
    Meter "meter", Nav "nav", Noembed "noembed", Noframes "noframes", Noscript "noscript", Object "object", Ol "ol",
    P "p", Plaintext "plaintext", Pre "pre", Progress "progress", Samp "samp", Script "script", Search "search",
    Section "section", Select "select", Small "small", Span "span", Strong "strong", Style "style",
    Summary "summary", Svg "svg", Table "table", Tbody "tbody", Td "td", Template "template", Textarea "textarea",
    Tfoot "tfoot", Th "th", Thead "thead", Time "time", Title "title", Tr "tr", Tt "tt", Ul "ul", Video "video",
    Xmp "xmp",
    Area "area", Base "base", Basefont "basefont", Bgsound "bgsound", Col "col", Colgroup "colgroup", Embed "embed",
    Frame "frame", Keygen "keygen", Param "param", Source "source", Track "track", Wbr "wbr",
    AnnotationXml "annotation-xml", Annotation "annotation", Big "big", Font "font", Nobr "nobr", Ruby "ruby", S "s",
    Strike "strike", Sub "sub", Sup "sup", U "u", Var "var",
}

impl Tag {
    /// The tag of that name, in any case.
    pub(super) fn named(name: &str) -> Self {
        let mut lower = [0; 16];
        let Some(lower) = lower.get_mut(..name.len()) else { return Self::Other };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        Self::lower(lower)
    }

    /// Whether it has no content and no end tag.
    pub(super) const fn is_void(self) -> bool {
        matches!(
            self,
            Self::Area
                | Self::Base
                | Self::Basefont
                | Self::Bgsound
                | Self::Br
                | Self::Col
                | Self::Embed
                | Self::Frame
                | Self::Hr
                | Self::Img
                | Self::Input
                | Self::Keygen
                | Self::Link
                | Self::Meta
                | Self::Param
                | Self::Source
                | Self::Track
                | Self::Wbr
        )
    }

    /// Whether tags inside it are text.
    pub(super) const fn is_raw(self) -> bool {
        matches!(
            self,
            Self::Iframe
                | Self::Noembed
                | Self::Noframes
                | Self::Noscript
                | Self::Plaintext
                | Self::Script
                | Self::Style
                | Self::Textarea
                | Self::Title
                | Self::Xmp
        )
    }

    /// Whether what it holds is not shown.
    pub(super) const fn is_hidden(self) -> bool {
        matches!(
            self,
            Self::Annotation
                | Self::AnnotationXml
                | Self::Audio
                | Self::Canvas
                | Self::Datalist
                | Self::Frameset
                | Self::Meter
                | Self::Object
                | Self::Progress
                | Self::Select
                | Self::Svg
                | Self::Template
                | Self::Video
        )
    }

    /// Whether it stands on lines of its own.
    pub(super) const fn is_block(self) -> bool {
        matches!(
            self,
            Self::Address
                | Self::Article
                | Self::Aside
                | Self::Blockquote
                | Self::Body
                | Self::Caption
                | Self::Center
                | Self::Dd
                | Self::Details
                | Self::Dialog
                | Self::Dir
                | Self::Div
                | Self::Dl
                | Self::Dt
                | Self::Fieldset
                | Self::Figcaption
                | Self::Figure
                | Self::Footer
                | Self::Form
                | Self::Header
                | Self::Hgroup
                | Self::Hr
                | Self::Html
                | Self::Legend
                | Self::Li
                | Self::Listing
                | Self::Main
                | Self::Menu
                | Self::Nav
                | Self::Ol
                | Self::P
                | Self::Plaintext
                | Self::Pre
                | Self::Search
                | Self::Section
                | Self::Summary
                | Self::Table
                | Self::Tbody
                | Self::Td
                | Self::Tfoot
                | Self::Th
                | Self::Thead
                | Self::Tr
                | Self::Ul
                | Self::Xmp
        ) || self.heading_level().is_some()
    }

    /// Whether its start ends an open paragraph.
    pub(super) const fn closes_paragraph(self) -> bool {
        let is_part = matches!(
            self,
            Self::Body
                | Self::Caption
                | Self::Html
                | Self::Legend
                | Self::Tbody
                | Self::Td
                | Self::Tfoot
                | Self::Th
                | Self::Thead
                | Self::Tr
        );
        self.is_block() && !is_part
    }

    /// The level of a heading.
    pub(super) const fn heading_level(self) -> Option<u8> {
        match self {
            Self::H1 => Some(1),
            Self::H2 => Some(2),
            Self::H3 => Some(3),
            Self::H4 => Some(4),
            Self::H5 => Some(5),
            Self::H6 => Some(6),
            _ => None,
        }
    }

    /// Whether every space in it is shown.
    pub(super) const fn is_preformatted(self) -> bool {
        matches!(self, Self::Pre | Self::Listing | Self::Xmp | Self::Plaintext)
    }

    /// Whether an end tag of something else does not reach through it.
    pub(super) const fn is_wall(self) -> bool {
        matches!(
            self,
            Self::Body
                | Self::Caption
                | Self::Html
                | Self::Object
                | Self::Select
                | Self::Table
                | Self::Td
                | Self::Template
                | Self::Th
        )
    }

    /// Whether the start of an item inside it does not end an item around it.
    pub(super) const fn walls_items(self) -> bool {
        self.is_wall()
            || matches!(self, Self::Button)
            || self.is_block() && !matches!(self, Self::Address | Self::Div | Self::P)
    }

    /// Whether its end tag ends the blocks in it.
    pub(super) const fn ends_blocks(self) -> bool {
        self.is_block() || self.is_hidden() || matches!(self, Self::Button)
    }

    /// Whether it only changes how words look, so that it may end before blocks in it do.
    pub(super) const fn is_formatting(self) -> bool {
        matches!(
            self,
            Self::A
                | Self::B
                | Self::Big
                | Self::Code
                | Self::Em
                | Self::Font
                | Self::I
                | Self::Nobr
                | Self::S
                | Self::Small
                | Self::Strike
                | Self::Strong
                | Self::Tt
                | Self::U
        )
    }

    /// Whether it cannot stand in a drawing or formula and ends one that is open.
    pub(super) const fn ends_drawing(self) -> bool {
        let is_other = matches!(
            self,
            Self::B
                | Self::Big
                | Self::Blockquote
                | Self::Body
                | Self::Br
                | Self::Center
                | Self::Code
                | Self::Dd
                | Self::Div
                | Self::Dl
                | Self::Dt
                | Self::Em
                | Self::Embed
                | Self::Head
                | Self::Hr
                | Self::I
                | Self::Img
                | Self::Li
                | Self::Listing
                | Self::Menu
                | Self::Meta
                | Self::Nobr
                | Self::Ol
                | Self::P
                | Self::Pre
                | Self::Ruby
                | Self::S
                | Self::Small
                | Self::Span
                | Self::Strike
                | Self::Strong
                | Self::Sub
                | Self::Sup
                | Self::Table
                | Self::Tt
                | Self::U
                | Self::Ul
                | Self::Var
        );
        is_other || self.heading_level().is_some()
    }

    /// Whether it is shown as a thing of its own between words: a link, a label, a control.
    pub(super) const fn stands_apart(self) -> bool {
        matches!(
            self,
            Self::A
                | Self::Button
                | Self::Img
                | Self::Input
                | Self::Label
                | Self::Select
                | Self::Small
                | Self::Span
                | Self::Time
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Tag;

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(Tag::named("BlockQuote"), Tag::Blockquote);
        assert_eq!(Tag::named("annotation-xml"), Tag::AnnotationXml);
        assert_eq!(Tag::named("a-very-long-custom-element"), Tag::Other);
        assert_eq!(Tag::named("\u{E9}"), Tag::Other);
    }
}
