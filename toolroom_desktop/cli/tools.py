"""`toolroom tools`: the register of tools, looked at and changed without a window."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from toolroom_desktop.cli.agreeing import agreed
from toolroom_desktop.cli.parsing import Commands, a_count, argument, one_of, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.cli.tool_files import add_files
from toolroom_desktop.cli.tool_text import ToolText
from toolroom_desktop.domain.dates import day_of
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.tools import Tool, ToolState, with_state
from toolroom_desktop.services.consequences import tool_json

if TYPE_CHECKING:
    from toolroom_desktop.bootstrap import Records

MOST_DAYS = 3650


def add(commands: Commands) -> None:
    """Add the sub-command with its own ones."""
    own = Commands(commands.add("tools", "cli.help.tools"))
    listing = own.add("list", "cli.help.tools_list")
    option(listing, "--search", "cli.help.tools_search", metavar="TEXT")
    option(listing, "--kit", "cli.help.tools_kit", metavar="KIT")
    option(listing, "--spare", "cli.help.tools_spare", action="store_true")
    option(listing, "--due", "cli.help.tools_due", type=a_count(MOST_DAYS), metavar="DAYS")
    option(listing, "--unfit", "cli.help.tools_unfit", action="store_true")
    option(listing, "--json", "cli.help.json", action="store_true")
    listing.set_defaults(run=run_list)
    showing = own.add("show", "cli.help.tools_show")
    argument(showing, "tool", "cli.help.which_tool")
    option(showing, "--json", "cli.help.json", action="store_true")
    showing.set_defaults(run=run_show)
    stating = own.add("state", "cli.help.tools_state")
    argument(stating, "tool", "cli.help.which_tool")
    argument(stating, "state", "cli.help.state", type=one_of(ToolState))
    swapping = own.add("swap", "cli.help.tools_swap")
    argument(swapping, "tool", "cli.help.which_tool_out")
    option(swapping, "--by", "cli.help.swap_by", metavar="TOOL")
    option(swapping, "--new", "cli.help.swap_new", metavar="MARKING")
    option(swapping, "--serial", "cli.help.swap_serial", metavar="NUMBER", default="")
    option(swapping, "--part", "cli.help.swap_part", metavar="NUMBER", default="")
    option(swapping, "--calibration", "cli.help.swap_calibration", metavar="DAY", default="")
    for parser, run in ((stating, run_state), (swapping, run_swap)):
        option(parser, "--reason", "cli.help.reason", required=True, metavar="TEXT")
        option(parser, "--yes", "cli.help.yes", action="store_true")
        option(parser, "--json", "cli.help.json", action="store_true")
        parser.set_defaults(run=run)
    add_files(own)


def _wanted(records: Records, arguments: argparse.Namespace) -> list[Tool]:
    """The tools that the options choose, all of them where none does; several narrow the list down."""
    register = records.tools
    if arguments.due is not None:
        found = register.calibrations_due(arguments.due)
    elif arguments.unfit:
        found = register.not_serviceable()
    elif arguments.spare:
        found = register.spare()
    else:
        found = register.everything()
    if arguments.unfit:
        found = [tool for tool in found if tool.state is not ToolState.SERVICEABLE]
    if arguments.spare:
        found = [tool for tool in found if not tool.kit]
    if arguments.search:
        matching = {tool.tool_id for tool in register.find(arguments.search, limit=len(found) or 1)}
        found = [tool for tool in found if tool.tool_id in matching]
    return found


def run_list(arguments: argparse.Namespace, station: Station) -> int:
    """Print tools, or the places of one kit."""
    console = station.console
    with station.records(read_only=True) as records:
        text = ToolText(console, records.tools)
        if arguments.kit is not None:
            kit = records.tools.in_kit(arguments.kit)
            if arguments.json:
                console.json([text.place_json(place) for place in kit.places])
            else:
                text.print_places(kit.places)
            return 0
        tools = _wanted(records, arguments)
        if arguments.json:
            console.json([tool_json(tool) for tool in tools])
        elif tools:
            text.print_tools(tools)
        else:
            console.say("cli.tools.none")
    return 0


def run_show(arguments: argparse.Namespace, station: Station) -> int:
    """Print one tool and what the journal says about it."""
    console = station.console
    with station.records(read_only=True) as records:
        text = ToolText(console, records.tools)
        tool = records.tools.by_scan(arguments.tool)
        history = records.tools.history(tool.tool_id)
        if arguments.json:
            console.json({**tool_json(tool), "history": [text.record_json(record) for record in history]})
        else:
            text.print_tool(tool)
            console.line()
            text.print_history(history)
    return 0


def _said(station: Station, arguments: argparse.Namespace, value: dict[str, Any]) -> int:
    if arguments.json:
        station.console.json(value)
    else:
        station.console.say("cli.tools.recorded")
    return 0


def run_state(arguments: argparse.Namespace, station: Station) -> int:
    """Put a tool into another state, after showing what would change."""
    console = station.console
    with station.records() as records:
        tool = records.tools.by_scan(arguments.tool)
        after = with_state(tool, arguments.state)
        name, kit = ToolText.name(tool), tool.kit or "—"
        console.remark("cli.tools.state_change", tool=name, before=tool.state, after=after.state, kit=kit)
        if not agreed(console, yes=arguments.yes):
            return 0
        done = records.tools.set_state(tool.tool_id, arguments.state, reason=arguments.reason, actor_badge=None)
    return _said(station, arguments, tool_json(done))


def _incoming(arguments: argparse.Namespace, records: Records, out: Tool) -> Tool:
    """The spare tool that was named, or a new one; raises `BadInput("cli.tools.by_or_new")`."""
    if (arguments.by is None) == (arguments.new is None):
        raise BadInput("cli.tools.by_or_new")
    if arguments.by is not None:
        return records.tools.by_scan(arguments.by)
    return Tool(
        out.tool_class,
        marking=arguments.new,
        serial_number=arguments.serial,
        part_number=arguments.part,
        calibration_due=day_of(arguments.calibration) if arguments.calibration else None,
    )


def run_swap(arguments: argparse.Namespace, station: Station) -> int:
    """Put another tool in the place of one, after showing what would change."""
    console = station.console
    with station.records() as records:
        out = records.tools.by_scan(arguments.tool)
        new = _incoming(arguments, records, out)
        console.remark(
            "cli.tools.swap_change",
            kit=out.kit or "—",
            unit=out.unit,
            tool_class=out.tool_class,
            out=ToolText.name(out),
            new=ToolText.name(new),
        )
        if not agreed(console, yes=arguments.yes):
            return 0
        by = new if arguments.by is None else new.tool_id
        gone, there = records.tools.swap(out.tool_id, by, reason=arguments.reason, actor_badge=None)
    return _said(station, arguments, {"out": tool_json(gone), "in": tool_json(there)})
