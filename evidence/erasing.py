"""What goes when a stored file is erased (settings.ERASED_WITH_FILES): its words."""

from documents.models import StoredFile
from evidence.domain.words import plain_words
from evidence.models import FileText, SearchText


def erase_words(stored: StoredFile) -> None:
    FileText.objects.filter(stored=stored).delete()
    SearchText.objects.filter(stored=stored).delete()
    # Its name may be a child's, and stands among the words of each revision that holds it.
    for piece in SearchText.objects.filter(revision__files__stored=stored).distinct():
        lines = [line for line in piece.text.split("\n") if line != stored.original_name]
        piece.text = "\n".join(lines)
        piece.words = plain_words(piece.text)
        piece.save(update_fields=["text", "words"])
