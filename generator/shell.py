"""What is the same around all pages of one depth is rendered once: menus, search box, scripts, switches."""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping

from jinja2 import Environment, Template
from jinja2.runtime import Context

Block = Callable[[Context], Iterator[str]]
Key = Callable[[Context], Hashable]


def _depth(context: Context) -> Hashable:
    return str(context["base_url"])


def _place_in_navigation(context: Context) -> Hashable:
    """Of all pages, only those in the navigation are marked in it."""
    page = context["page"]
    marked = any(page is other for other in context["nav"].pages)
    return context["base_url"], page.url if marked else None


SHARED: Mapping[str, Mapping[str, Key]] = {
    "main.html": {
        "styles": _depth,
        "bar": _depth,
        "navigation": _place_in_navigation,
        "config": _depth,
        "scripts": _depth,
    },
    "partials/footer.html": {"switches": _depth},
}
"""Template -> its blocks that are shared, each with what it depends on besides the site."""


class Shell:
    """The theme's templates, also for several builds one after another, with what they share."""

    def __init__(self) -> None:
        self._env: Environment | None = None
        self._known: dict[Hashable, str] = {}

    def over(self, make: Callable[[], Environment]) -> Environment:
        """The templates of one build, made where there are none yet."""
        self._known.clear()
        if self._env is None:
            self._env = make()
            self._list_once(self._env)
            for name, blocks in SHARED.items():
                template = self._env.get_template(name)
                for block, key in blocks.items():
                    self._remember(template, block, key)
        return self._env

    @staticmethod
    def _list_once(env: Environment) -> None:
        """Each build asks for all files of the theme, of which over ten thousand are icons."""
        names = env.list_templates()

        def listed(
            extensions: Collection[str] | None = None, filter_func: Callable[[str], bool] | None = None
        ) -> list[str]:
            return [name for name in names if filter_func is None or filter_func(name)]

        env.list_templates = listed  # type: ignore[method-assign]

    def _remember(self, template: Template, name: str, key: Key) -> None:
        render: Block = template.blocks[name]

        def remembered(context: Context) -> Iterator[str]:
            at = (name, key(context))
            if at not in self._known:
                chain = context.blocks[name]
                chain[chain.index(remembered)] = render  # where super() looks for it
                self._known[at] = "".join(render(context))
            yield self._known[at]

        template.blocks[name] = remembered
