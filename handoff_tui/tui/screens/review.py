"""F8: every finding, then every answer by section; go to any of them, change it, and come back to its line."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from handoff_tui.core.answers import State
from handoff_tui.core.interview import REVIEW, Place
from handoff_tui.core.question import Question
from handoff_tui.core.text import fold, plural
from handoff_tui.session.findings import said_now, told, told_gist, verdict
from handoff_tui.session.finish import open_points
from handoff_tui.session.words import state_line
from handoff_tui.tui.keys import keys_of
from handoff_tui.tui.screens.findings import FindingsScreen
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.chrome import Action, Bar, KeyHints
from handoff_tui.tui.widgets.inputs import LineInput
from handoff_tui.tui.widgets.listing import Listing
from handoff_tui.tui.words import mark, safe

__all__ = ["ReviewScreen"]


class Answers(Listing):
    """The list; what is typed after the key that finds is for the line to find with."""

    def is_step(self, event: events.Key) -> bool:
        return {event.key, event.character} & set(keys_of(self.app).of("find")) != set() or super().is_step(event)


class ReviewScreen(FindingsScreen):
    """Every finding and every answer in one list."""

    def compose(self) -> ComposeResult:
        """Lay out the list and the way to the end."""
        yield Bar()
        with Vertical(id="stage"):
            find = LineInput(classes="find")
            find.placeholder = "Find an answer: type part of it"
            yield find
            yield Answers(id="answers")
            with Horizontal(id="buttons"):
                yield Action("Finish", id="finish", action="screen.finish", main=True)
                yield Action("Next to answer", id="next", action="screen.next")
                yield Action("Open points", id="open-points", action="screen.open_points")
                yield Action("Name, owner", id="head", action="screen.head")
        yield KeyHints(
            (
                ("Enter", "change", "screen.change"),
                ("Ctrl+N", "finish", "screen.finish"),
                ("a", "accept a warning", "screen.accept"),
                ("Esc", "back", "screen.back"),
                ("/", "find", "screen.find"),
                ("F2", "sections", "screen.sections"),
            )
        )

    def on_mount(self) -> None:
        """Show every answer, at the one that was changed last."""
        find = self.query_one(".find", LineInput)
        find.display = False
        self._fill("")
        self.refresh_bar()
        self.query_one("#open-points", Action).display = bool(open_points(self.session))
        self.query_one("#next", Action).display = self.session.interview.first_unsettled() != REVIEW
        focus_now(self.query_one("#answers"))

    def refresh_bar(self) -> None:
        """Show the counts."""
        self.show_counts("Review")

    # -- the list ------------------------------------------------------------------------------------------------

    def fill(self) -> None:
        """Show findings and answers anew."""
        self._fill(self.query_one(".find", LineInput).value)
        self.refresh_bar()

    def _fill(self, find: str) -> None:
        words = fold(find).split()
        options = [] if words else self._findings()
        interview = self.session.interview
        for section in self.session.template.sections:
            lines = [(question, self._answer(question)) for question in interview.asked_in(section)]
            found = [
                Option(content, id=question.id)
                for question, content in lines
                if all(word in fold(f"{question.label} {question.ask} {content.plain}") for word in words)
            ]
            if found:
                gap = "\n" if options else ""
                options.append(Option(Content.assemble((gap + section.title, "bold $quiet")), disabled=True))
                options += found
        hidden = interview.progress.hidden
        if hidden and not words:
            kept = f"{plural(hidden, 'answer')} kept for a question that is not asked now"
            # Not disabled: the arrows would never come down to it where the list is longer than the screen.
            options.append(Option(safe("\n" + kept, "$quiet"), id="kept:"))
        self.query_one("#answers", Listing).show(options, at=self._begin_at({str(option.id) for option in options}))

    def _findings(self) -> list[Option]:
        found = verdict(self.session)
        said = said_now(self.session, found.findings)
        options = self.findings_as_options(said)
        options += self.accepted_as_options(found.accepted)
        unseen = len({item.question for item in found.findings} - {item.question for item in said})
        if unseen:
            words = f"{plural(unseen, 'question has', 'questions have')} no answer yet"
            options.append(Option(safe("○ Not yet".ljust(11) + words, "$quiet"), id="not-yet"))
        return options

    def _begin_at(self, ids: AbstractSet[str]) -> str | None:
        """Return the line to begin at: the one that led away from here, or what took its place when it was mended."""
        at = self.wizard.reviewed
        if at is None or at in ids or not at.startswith("finding:"):
            return at
        place = int(at.split(":")[1])
        return next((f"finding:{index}" for index in range(place, -1, -1) if f"finding:{index}" in ids), None)

    def _answer(self, question: Question) -> Content:
        session, interview = self.session, self.session.interview
        answer, state = session.handoff.answer(question.id), interview.state(question)
        width = max(min(self.app.size.width - 8, 88) - 3, 30)
        labels = (len(item.label) for section in session.template.sections for item in section.questions)
        left = min(max(labels, default=0) + 3, 32, width // 2)
        said = told(session, state_line(session, answer, unfinished=state is State.UNFINISHED))
        value = told_gist(session, question, max(width - left - len(said) - 3, 20))
        missing = "" if value or said else "no answer yet" if question.essential else question.need
        sign = mark(state, stale=interview.needs_another_look(question))
        label = safe(question.label).truncate(left - 1, ellipsis=True, pad=True)
        parts = [sign, Content(" "), label, Content(" "), safe(value)]
        if said:
            parts += [Content(" · " if value else ""), safe(said, "$warning")]
        if missing:
            parts.append(safe(missing, "$quiet"))
        return Content("").join(parts).truncate(width, ellipsis=True)

    # -- acting --------------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    async def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id == "not-yet":
            await self.action_next()
        elif event.option_id == "kept:":
            hidden = ", ".join(f"“{question.label}”" for question in self.session.interview.hidden())
            self.notify(f"{hidden}: kept in the file, and in no document until it is asked again.", markup=False)
            self.wizard.release_keys()
        elif event.option_id and not await self.go_to_finding(event.option_id, REVIEW):
            self.wizard.reviewed = event.option_id
            await self.jump(Place("question", event.option_id), return_to=REVIEW)

    def action_change(self) -> None:
        """Change the answer that is highlighted."""
        self.query_one("#answers", Listing).action_select()

    def action_find(self) -> None:
        """Find an answer."""
        find = self.query_one(".find", LineInput)
        find.display = True
        focus_now(find)

    async def action_next(self) -> None:
        """Go to the next question without an answer."""
        await self.jump(self.session.interview.first_unsettled())

    async def action_finish(self) -> None:
        """Go to the end: draft or final."""
        await self.wizard.show_finish()

    async def action_go_on(self) -> None:
        """Continue to the end."""
        await self.action_finish()

    async def action_back(self) -> None:
        """Close the search, else go back into the interview."""
        find = self.query_one(".find", LineInput)
        if find.display:
            find.value = ""
            find.display = False
            focus_now(self.query_one("#answers"))
            return
        await super().action_back()

    @on(Input.Changed, ".find")
    def _find(self, event: Input.Changed) -> None:
        event.stop()
        self._fill(event.value)

    @on(Input.Submitted, ".find")
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        focus_now(self.query_one("#answers"))
