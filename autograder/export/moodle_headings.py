"""The headings of Moodle's grading worksheets, in the supported languages.

They come from Moodle's language packs: assign.php for the identifier (recordid), the maximum
(maxgrade) and whether a grade can be changed (gradecanbechanged), moodle.php for the grade
(gradenoun; grade in older versions), email, username, idnumber and yes. The heading of the comments is
the name of the plug-in (assignfeedback_comments.php), known here in some of the languages.
"""

from __future__ import annotations

ROLES = ("identifier", "email", "username", "idnumber", "grade", "maximum", "changeable")

_ENGLISH = (
    "Identifier", "Email address", "Username", "ID number",
    "Grade", "Maximum grade", "Grade can be changed", "Yes",
)  # fmt: skip
_GERMAN = (
    "ID", "E-Mail-Adresse", "Anmeldename", "ID-Nummer",
    "Bewertung", "Bestwertung", "Bewertung kann geändert werden", "Ja",
)  # fmt: skip
_FRENCH = (
    "Identifiant", "Adresse de courriel", "Nom d’utilisateur", "Numéro d’identification",  # noqa: RUF001
    "Note", "Note maximale", "La note peut être modifiée", "Oui",
)  # fmt: skip
_SPANISH = (
    "Identificador", "Dirección de correo", "Nombre de usuario", "Número de ID",
    "Calificación", "Calificación máxima", "La calificación puede ser cambiada", "Sí",
)  # fmt: skip
_CHINESE = ("标识符", "电子邮件地址", "用户名", "学号", "成绩", "最高分", "允许更改成绩", "是的")
_ITALIAN = (
    "Identificativo", "Indirizzo email", "Username", "Codice identificativo",
    "Valutazione", "Valutazione massima", "La valutazione può essere cambiata", "Sì",
)  # fmt: skip
_DUTCH = (
    "Identificatie", "E-mailadres", "Gebruikersnaam", "Nummer (ID)",
    "Cijfer", "Maximaal cijfer", "Het cijfer kan gewijzigd worden", "Ja",
)  # fmt: skip
_PORTUGUESE = (
    "Identificador", "E-mail", "Nome de utilizador", "Número de identificação (ID)",
    "Avaliação", "Nota máxima", "A nota pode ser alterada.", "Sim",
)  # fmt: skip
_LANGUAGES = (
    _ENGLISH, _GERMAN, _FRENCH, _SPANISH, _CHINESE, _ITALIAN, _DUTCH, _PORTUGUESE,
)  # fmt: skip
_COMMENTS = (
    "Feedback comments", "Feedback als Kommentar", "Feedback par commentaires",
    "Comentarios de retroalimentación", "反馈意见",
)  # fmt: skip
_OLD_HEADINGS = {"grade": {"Beoordeling", "Nota"}}


def normalized(text: str) -> str:
    """Text normalized for comparison: versions of Moodle differ in capitals."""
    return " ".join(text.split()).casefold()


HEADINGS: dict[str, frozenset[str]] = {
    role: frozenset(
        normalized(word)
        for word in [*(words[at] for words in _LANGUAGES), *_OLD_HEADINGS.get(role, ())]
    )
    for at, role in enumerate(ROLES)
} | {"comments": frozenset(map(normalized, _COMMENTS))}
YES = frozenset(normalized(words[-1]) for words in _LANGUAGES)
