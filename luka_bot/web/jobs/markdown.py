"""What a job gave back, from Markdown to HTML that can do nothing to whoever reads it."""

from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

REMEMBERED = 32  # texts; a page is asked for again while its jobs move


@lru_cache(REMEMBERED)
def rendered(text: str) -> Markup:
    """HTML in the text stays text, pictures become links to them: nothing is fetched from
    elsewhere because somebody reads it. Takes up to a second for 200,000 characters."""
    return Markup(_PARSER.render(text))  # noqa: S704 - raw HTML is escaped, links are checked


class _Renderer(RendererHTML):
    """Methods are named for the tokens that they are called for."""

    def link_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        tokens[idx].attrSet("rel", "noopener noreferrer nofollow")
        return str(self.renderToken(tokens, idx, options, env))

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        told = self.renderInlineAsText(tokens[idx].children or [], options, env)
        source = str(tokens[idx].attrGet("src") or "")
        return str(
            Markup('<a href="{}" rel="noopener noreferrer nofollow">🖼 {}</a>').format(
                source, escape(told or source)
            )
        )

    def table_open(self, *_: object) -> str:
        return '<div class="scroll" tabindex="0"><table>'

    def table_close(self, *_: object) -> str:
        return "</table></div>"


_PARSER = MarkdownIt("default", {"html": False, "linkify": False}, renderer_cls=_Renderer)
