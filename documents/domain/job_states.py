"""The life of a background job: one table, from which the diagram in docs/ is drawn."""

from enum import StrEnum


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


STATE_WORDS: dict[JobState, str] = {
    JobState.QUEUED: "Waiting",
    JobState.RUNNING: "Running",
    JobState.DONE: "Done",
    JobState.FAILED: "Failed",
    JobState.CANCELLED: "Cancelled",
}

# Running goes back to queued when its worker died: the sweep puts it there.
NEXT_STATES: dict[JobState, frozenset[JobState]] = {
    JobState.QUEUED: frozenset({JobState.RUNNING, JobState.CANCELLED}),
    JobState.RUNNING: frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.QUEUED}),
    JobState.DONE: frozenset(),
    JobState.FAILED: frozenset({JobState.QUEUED}),
    JobState.CANCELLED: frozenset({JobState.QUEUED}),
}

UNFINISHED = frozenset({JobState.QUEUED, JobState.RUNNING})
# A person may start it again.
RETRYABLE = frozenset({JobState.FAILED, JobState.CANCELLED})


def may_move(from_state: JobState, to_state: JobState) -> bool:
    return to_state in NEXT_STATES[from_state]


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> queued"]
    for state, targets in NEXT_STATES.items():
        lines += [f"    {state.value} --> {target.value}" for target in sorted(targets, key=list(JobState).index)]
    lines.append(f"    {JobState.DONE.value} --> [*]")
    return "\n".join(lines) + "\n"
