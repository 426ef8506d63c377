"""The command line. Each command imports only what it needs, so the line filters start at once."""

from __future__ import annotations

import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from munadi.moving import backup, export_app, import_app
from munadi.output import AsJson, print_json, say
from munadi.seedcommands import topics_app
from munadi.settings import EXAMPLES, CrawlSettings, Settings, UnreadableSettingsError
from munadi.sitecommands import sites_app
from spiders.errors import SeedError
from storage.errors import StoreError
from watch.errors import TopicError

app = typer.Typer(
    name="munadi",
    help="The town crier: reads the Arabic news sites and tells each story once, on Telegram.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # its tracebacks show values, and one of them is the token
    add_completion=False,
)
app.add_typer(sites_app, name="sites")
app.add_typer(topics_app, name="topics")
app.add_typer(export_app, name="export")
app.add_typer(import_app, name="import")
app.command()(backup)

Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log every step.")]


def _say_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"munadi {version('munadi')}")
        raise typer.Exit


@app.callback()
def munadi(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say which it is."),
    ] = False,
) -> None:
    """Take what stands before a command."""


@app.command()
def run(
    roles: Annotated[
        str, typer.Option(help="Which halves to play, comma separated.")
    ] = "crawl,bot",
    verbose: Verbose = False,
) -> None:
    """Be the service: crawl, judge, tell. Stop it with Ctrl-C or SIGTERM."""
    import asyncio

    from munadi import logs, service

    settings = Settings()
    try:
        played = service.roles_of(roles)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--roles") from None
    token = settings.telegram_token
    logs.set_up(verbose=verbose, secret=token.get_secret_value() if token else None)
    raise typer.Exit(asyncio.run(service.serve(settings, played)))


@app.command()
def demo() -> None:
    """Show the whole path on made-up outlets: served here, read, judged, stored, told."""
    from munadi.demo.play import play

    raise typer.Exit(play())


@app.command()
def crawl(
    sites: Annotated[list[str] | None, typer.Argument(help="Ids of seeds; none: all.")] = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Crawl one round now and say what was found; alerts it makes due are sent by `munadi run`."""
    from munadi import crawling, logs

    logs.set_up(verbose=verbose)
    raise typer.Exit(crawling.crawl(CrawlSettings(), sites or [], as_json=as_json))


@app.command()
def extract(
    url: Annotated[str, typer.Option(help="The address the page was, or is to be, fetched from.")],
    file: Annotated[Path | None, typer.Argument(help="The page; none: standard input.")] = None,
) -> None:
    """Read one page and print its article as JSON; fetch the page if it is not given."""
    from munadi import reading

    reading.extract(CrawlSettings(), url, file)


@app.command()
def match(
    line: Annotated[str | None, typer.Option(help="A typed line, instead of the topics.")] = None,
) -> None:
    """Say of each JSON line {id,title,text} which topics it is about or names."""
    from munadi import filters
    from munadi.lines import typed
    from watch.topics import load

    topics = load(CrawlSettings().topic_seeds)
    answer = filters.matcher(topics if line is None else typed(line, topics))
    raise typer.Exit(filters.filter_stdin(answer))


@app.command()
def stories(
    pairs: Annotated[bool, typer.Option("--pairs", help="Judge {id,a,b}, each alone.")] = False,
) -> None:
    """Say of each JSON line {id,outlet,url,published,title,text} which story it tells."""
    from munadi import filters

    answer = filters.pair_judge() if pairs else filters.storyteller()
    raise typer.Exit(filters.filter_stdin(answer))


@app.command()
def status(
    as_json: AsJson = False,
    check: Annotated[
        bool, typer.Option("--check", help="One line, and status 1 if something is wrong.")
    ] = False,
) -> None:
    """Say what runs, what is stale and what is owed, worst first."""
    from munadi import liveness, reports
    from munadi.looking import looked_at

    now = datetime.now(UTC)
    if check:
        wrong = liveness.trouble(CrawlSettings().db, now)
        if as_json:
            print_json({"wrong": wrong})
        else:
            print(wrong or "all is well")
        raise typer.Exit(0 if wrong is None else 1)
    with looked_at(CrawlSettings().db) as store:
        reports.show_status(store.archive.status(now), now, as_json=as_json)


@app.command(context_settings={"ignore_unknown_options": True})  # -حلب is a word, not an option
def search(
    words: Annotated[list[str], typer.Argument(help='A line, as for topics: words, | - "…" @ في:')],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Search what was read, newest first, by a line; it is said back as it was understood."""
    from munadi import reports
    from munadi.lines import typed
    from munadi.looking import looked_at
    from watch.topics import load

    settings = CrawlSettings()
    topics = typed(" ".join(words), load(settings.topic_seeds))
    with looked_at(settings.db) as store:
        found = store.archive.matching(next(iter(topics)), topics.gazetteer, limit)
    reports.show_found(found, as_json=as_json)


@app.command()
def story(
    number: Annotated[int | None, typer.Argument(help="The story, as search names it.")] = None,
    recent: Annotated[bool, typer.Option("--recent", help="List the latest stories.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show who told a story when and what was changed in it, or list the latest stories."""
    from munadi import storyreports
    from munadi.looking import looked_at

    if recent == (number is not None):
        raise typer.BadParameter("give the number of a story, or --recent")
    with looked_at(CrawlSettings().db) as store:
        if number is None:
            storyreports.show_recent(store.archive.stories(limit), as_json=as_json)
            return
        history = store.archive.story(number)
    if history is None:
        raise StoreError(f"there is no story {number}: munadi story --recent lists the latest")
    storyreports.show_story(history, as_json=as_json)


def main() -> None:
    """Run the command line; what a user can mend costs one clear line and exit status 1."""
    _speak_utf8()
    try:
        app()
    except (StoreError, TopicError, UnreadableSettingsError) as error:
        _complain(str(error))
    except SeedError as error:
        _complain(str(error), status=2)
    except ValidationError as error:
        lines = dict.fromkeys(_setting(dict(problem)) for problem in error.errors())
        _complain("\n".join(lines))
    except BrokenPipeError:
        # Whoever read our output has left; keep the interpreter's last flush from saying so.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _complain(f"{error.filename or 'what was to be written'}: {error.strerror or error}")


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the locale says: few other charsets can write Arabic."""
    streams = (sys.stdin, "strict"), (sys.stdout, "replace"), (sys.stderr, "backslashreplace")
    for stream, errors in streams:
        if isinstance(stream, io.TextIOWrapper):  # one that is closed is None
            stream.reconfigure(encoding="utf-8", errors=errors)


def _complain(lines: str, status: int = 1) -> None:
    say(*lines.splitlines())
    sys.exit(status)


def _setting(problem: dict[str, object]) -> str:
    loc = problem["loc"]
    key = str(loc[0]).upper() if isinstance(loc, tuple) and loc else ""
    wrong = str(problem["msg"]).removeprefix("Value error, ")
    remedy = f"; write {EXAMPLES[key]}" if key in EXAMPLES else ""
    return f"MUNADI_{key}: {wrong[:1].lower()}{wrong[1:]}{remedy}"
