"""Rows of `documents`: what is stored, what is being made, who took a copy, what was erased."""

from documents.domain.job_states import JobState
from documents.models.exports import Export
from documents.models.jobs import Job, WorkerPulse
from documents.models.stored import Download, Erasure, Kept, StoredFile

__all__ = ["Download", "Erasure", "Export", "Job", "JobState", "Kept", "StoredFile", "WorkerPulse"]
