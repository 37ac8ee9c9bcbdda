"""Makes journal_words.txt: how words of journals' titles are abbreviated, counted in lists of titles and abbreviations.

    make_journal_words.py NLM.csv ISO4.csv > journal_words.txt

The first list abbreviates as NLM does, the second by ISO 4 as chemists write it ("Full title","Abbreviation"[|"Another"]…). Of each every other row is counted, from the
first on; the rest is for measuring. A title and its abbreviation are aligned word by word: each word of the abbreviation begins like its word of the title, and has its
letters in order. What a word becomes most often is its row. The lists agree about nearly all words, so that both count for each column, its own list more; they differ about
sections, places and commas.
A title is taken apart as converters/journal_title.cpp does it.
"""
import collections
import csv
import re
import sys
import unicodedata

KEPT, DROPPED = "=", "-"
NLM, ISO = 0, 1
WEIGHTS = {NLM: {NLM: 4, ISO: 1}, ISO: {NLM: 1, ISO: 5}}
FUNCTION_WORDS = set("""
    a al all alla am an and as at au auf aus aux av az by c d da dall dalla dans das de degli dei del dell della delle dello dem den der des di die
    din dla dlia dlya do dos du e ed ein eine einer el em en es et for fra from fuer fur gli het i ihre ihrer il im in j ja k l la las le les lo los
    med mit n na nas nei nel nell nella no nos o och of og om on os pa para pentru per po pour qu s si su sull sulla sur te ter the til to tot uber un
    una und une unter v van ve vom von voor vor w we with y z za ze zu zum zur""".split())
ELIDED = "d|l|dell|all|sull|nell|dall|un|qu|s|j|n|c"
SECTIONS = set("series section part serie sectio serija seriia sezione abteilung abt ausg teil ser sect pt reihe seria seriya".split())
WITH_TEXT = {"part"}
BODIES = tuple("""soci akad acad accad institut istitut instytut univer uniwer associa asocia gesellschaft verein federa college colegio collegio ministe departm
    division council foundation congress union hospital center centre centrum school escola escuela facult facol library laborator museum committee commission towarz tarsas
    druz drust spolec gakkai league army navy united""".split())
PERIODICALS = tuple("""journal zeitschrift revue review rivista revista bulletin bolet bollet archiv annal magazine tidsskrift tidskrift quarterly zhurnal monthly
    czasopismo casopis tijdschrift gazette news jornal giornale acta advances proceedings progress record""".split())
EASTERN = set("""igaku zasshi rinsho kenkyu kagaku gakkai nippon nihon igakkai geka naika shika kiyo hoken daigaku zhi xue yi za bao zhonghua zhongguo tsa chih
    hsueh""".split())
LANGUAGES = [set(words.split()) for words in (
    "the of and in for on to with from journal", "der die das und fur des zur im zum den dem uber aus mit", "de la le les et du des en d l pour sur aux au",
    "di e della del delle dei degli per ed il la lo dell nell", "de la y del los las en el para e", "de e da do dos das em para", "van de het en voor der",
    "och for av og til om", "i v po na", "et de in ad")]
NOT_SYLLABIC = set("de l et of and the und del der des les in for to da do dos".split())

# Words that this half of the lists has too rarely, as the List of Title Word Abbreviations (ISSN International Centre) has them.
OF_LTWA = {"machine": "mach", "machines": "mach", "numerical": "numer", "numeric": "numer", "numerics": "numer"}

Word = collections.namedtuple("Word", "text key hyphened")
Part = collections.namedtuple("Part", "mark text")


def fold(word):
    word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    for one, two in (("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("ø", "o"), ("ł", "l"), ("đ", "d"), ("ı", "i")):
        word = word.replace(one, two).replace(one.upper(), two)
    return word.lower()


def parts_of(title):
    """A title at its full stops, colons, brackets…, each with the mark before it; " :" is a colon with a blank before it."""
    text = title.strip().strip('"').strip()
    translated = re.match(r"\[([^\]]{4,})\]", text)
    text = re.sub("---", " - ", translated.group(1) if translated else text)
    parts, mark, part, at = [], "", "", 0
    while at < len(text):
        c = text[at]
        close = close_of(text, at) if c == "(" and at > 0 else None
        if close:
            parts += [Part(mark, part), Part("(", text[at + 1:close - 1])]
            mark, part, at = ")", "", close
            continue
        before = at > 0 and text[at - 1].isspace()
        behind = at + 1 < len(text) and text[at + 1].isspace()
        found = None
        if behind and c in ":;":
            found = " :" if c == ":" and before else c
        elif behind and before and c in "=/-":
            found = c
        elif behind and c == "." and at > 1 and text[at - 1].isalnum() and (text[at - 2].isalnum() or (text[at - 1].isupper() and at > 4 and text[at - 3].islower())):
            found = c
        if found:
            parts.append(Part(mark, part))
            mark, part = found, ""
        else:
            part += c
        at += 1
    parts.append(Part(mark, part))
    return [part for part in parts if re.search(r"[^\W_]", part.text)]


def close_of(text, at):
    depth = 0
    for end in range(at, len(text)):
        depth += (text[end] == "(") - (text[end] == ")")
        if depth == 0:
            return end + 1
    return None


class Shapes:
    """Titles such as "Bulletin", behind which the body belongs to the title, and beginnings such as "bio-", which are one word with what follows."""

    def __init__(self, rows):
        self.general, self.joined = set(), set()
        on, ends, joined, apart = (collections.Counter() for _ in range(4))
        for convention, title, forms in rows:
            parts = parts_of(title)
            if not parts:
                continue
            short = keys_of_form(forms[-1])
            for match in re.finditer(r"\b([^\W\d_]{2,})-([^\W\d_]+)", parts[0].text):
                beginning = fold(match.group(1))
                if any(word.startswith(beginning) and len(word) > len(beginning) for word in short):
                    joined[beginning] += 1
                elif any(beginning.startswith(word) and len(word) > 1 for word in short):
                    apart[beginning] += 1
            if convention != NLM or len(parts) == 1 or parts[1].mark == " :":
                continue
            first, second = self.words_of(parts[0].text), self.words_of(parts[1].text)
            if len(first) > 2 or section_of(second):
                continue
            key = " ".join(keys(first))
            if parts[1].mark != "(":
                short = keys_of_form(re.sub(r"[()\[\]]", " ", forms[-1]))
            if len(short) > len(first) and align(keys(first + second), short):
                on[key] += 1
            elif align(keys(first), short):
                ends[key] += 1
        self.general = {key for key in on if on[key] > ends[key]}
        self.joined = {key for key in joined if joined[key] > apart[key]}

    def words_of(self, text):
        """Initials are one word, elided articles are words, and some beginnings are one word with what follows their hyphen."""
        text = re.sub(r"\b(?:[^\W\d_]\.\s?){2,}", lambda m: re.sub(r"[.\s]", "", m.group(0)) + " ", text)
        text = re.sub(rf"(?i)\b({ELIDED})['’](?=\w)", r"\1 ", text)
        text = re.sub(r"['’ʹ]", "", text)
        text = re.sub(r"\b([^\W\d_]{2,})-([^\W\d_])", lambda m: m.group(1) + m.group(2).lower() if fold(m.group(1)) in self.joined else m.group(0), text)
        words, end = [], 0
        for match in re.finditer(r"[^\W_]+", text):
            words.append(Word(match.group(0), fold(match.group(0)), text[end:match.start()] == "-"))
            end = match.end()
        return words

    def words_of_title(self, convention, title):
        parts = parts_of(title)
        if not parts:
            return []
        words = self.words_of(parts[0].text)
        return words + (self.more_for_iso(parts[1:]) if convention == ISO else self.more_for_nlm(parts, keys(words)))

    def more_for_iso(self, parts):
        words = []
        for mark, text in parts:
            if mark in ("=", "/", " :"):
                break
            if mark != "(" or not re.search(r"\d{4}|ranslation|ssociation", text):
                words += self.words_of(text)
        return words

    def more_for_nlm(self, parts, head):
        words, in_body = [], False
        letters = parts[0].text.replace(".", "")
        for number, (mark, text) in enumerate(parts[1:]):
            more = self.words_of(text)
            goes_on = number == 0 and " ".join(head) in self.general
            if mark in ("=", " :") or (mark == "/" and not goes_on):
                break
            section = section_of(more)
            if mark == ")":
                words += [] if in_body else more
            elif mark == "(" and not goes_on:
                words += more if any(word.key in ("ed", "edition") for word in more) else []
            elif more[0].key.startswith("suppl"):
                words += more[:1]
            elif mark != "(" and section:
                words += section
            elif goes_on:
                words += more
                in_body = True
            elif mark == "-" and not in_body:
                words += more
            elif in_body or mark in (";", ":") or self.is_apart(head, keys(more), {key for part in parts[:number + 1] for key in keys(self.words_of(part.text))}):
                break
            elif number == 0 and len(letters) <= 8 and letters.isupper():
                break
            else:
                words += more
        return words

    @staticmethod
    def is_apart(head, more, before):
        """Is this said already, the name of a body, or the title in another language?"""
        if all(key in before for key in more if len(key) > 3) or any(key.startswith(BODIES + PERIODICALS) for key in more):
            return True
        first, second = languages_of(head), languages_of(more)
        return bool(first and second and not first & second) or (not EASTERN.isdisjoint(head) and EASTERN.isdisjoint(more))


def section_of(words):
    """ "B" of "Series B: Cells"; "A" and what follows of "Part A, Cells" and of "A, Cells"; nothing of others."""
    if len(words) > 1 and words[0].key in SECTIONS and re.fullmatch(r"[a-z]|[ivx]+|\d+", words[1].key):
        return words[1:] if words[0].key in WITH_TEXT else words[1:2]
    is_number = words and re.fullmatch(r"[A-Z]|[IVX]+|\d+", words[0].text)
    return words if is_number and not (len(words) > 1 and words[1].hyphened) else []


def languages_of(words):
    counts = [sum(word in language for word in words) for language in LANGUAGES]
    return {at for at, count in enumerate(counts) if count and count == max(counts)}


def keys(words):
    return [word.key for word in words]


def keys_of_form(form):
    form = re.sub(r"\([^)]*\)", " ", form)
    return [fold(word) for word in re.findall(r"[^\W_]+", re.sub(r"['’ʹ]", "", form))]


def is_syllabic(words):
    """Chinese and its like in Latin letters, which nobody abbreviates."""
    sizes = [len(word.text) for word in words]
    return len(words) >= 3 and sum(sizes) / len(words) <= 3.5 and max(sizes) <= 7 and NOT_SYLLABIC.isdisjoint(keys(words))


def abbreviates(short, word):
    if word.startswith(short):
        return True
    letters = iter(word)
    return len(short) >= 2 and short[:1] == word[:1] and all(c in letters for c in short)


def align(long, short):
    """Pairs of a word and what became of it, or None; articles and their like are dropped rather than others."""
    least = -10 ** 9
    best = [[least] * (len(short) + 1) for _ in range(len(long) + 1)]
    best[0][0] = 0
    taken = {}
    for i, word in enumerate(long):
        for j in range(len(short) + 1):
            if best[i][j] == least:
                continue
            without = best[i][j] - (0.2 if word in FUNCTION_WORDS else 1.5)
            if without > best[i + 1][j]:
                best[i + 1][j], taken[i + 1, j] = without, False
            if j < len(short) and abbreviates(short[j], word):
                together = best[i][j] + (2 if word.startswith(short[j]) else 1) + len(short[j]) * 0.01
                if together > best[i + 1][j + 1]:
                    best[i + 1][j + 1], taken[i + 1, j + 1] = together, True
    if best[len(long)][len(short)] == least:
        return None
    pairs, j = [], len(short)
    for i in range(len(long), 0, -1):
        pairs.append((long[i - 1], short[j - 1] if taken[i, j] else ""))
        j -= taken[i, j]
    return pairs[::-1]


class Counts:
    def __init__(self, rows):
        self.shapes = Shapes(rows)
        self.words = collections.defaultdict(lambda: (collections.Counter(), collections.Counter()))
        for convention, title, forms in rows:
            for word, short in self.best_pairs(convention, title, forms):
                if short or word in FUNCTION_WORDS:
                    for column in (NLM, ISO):
                        self.words[word][column][DROPPED if not short else KEPT if short == word else short] += WEIGHTS[column][convention]

    def best_pairs(self, convention, title, forms):
        """By the title as it is taken apart, else by its first part or two; nothing if more than one word was left out."""
        parts = parts_of(title)
        if not parts:
            return []
        first = self.shapes.words_of(parts[0].text)
        tries = [self.shapes.words_of_title(convention, title), first, first + self.shapes.words_of(parts[1].text) if len(parts) > 1 else []]
        found = []
        for form in forms:
            short = keys_of_form(form if convention == NLM else re.sub(r"[()]", " ", form))
            for words in tries:
                pairs = align(keys(words), short) if len(words) > 1 and not is_syllabic(words) else None
                if pairs:
                    found.append((sum(1 for word, became in pairs if not became and word not in FUNCTION_WORDS), pairs))
        missed, pairs = min(found, key=lambda one: one[0], default=(0, []))
        return pairs if missed <= 1 and sum(1 for word, _ in pairs if word not in FUNCTION_WORDS) > 1 else []

    def rows(self):
        """Words, and what becomes of them as NLM abbreviates and by ISO 4."""
        for word, columns in sorted(self.words.items()):
            nlm, iso = (min(counts, key=lambda one: (-counts[one], one)) for counts in columns)
            if re.fullmatch(r"[a-z0-9]+", word) and (len(word) > 1 or DROPPED in (nlm, iso)):
                yield word, nlm, iso


def rows_of(path, convention):
    with open(path, encoding="utf-8", newline="") as file:
        rows = [(convention, row[0].strip(), [form.strip() for form in row[1].split("|")]) for row in csv.reader(file, skipinitialspace=True) if len(row) >= 2 and row[0].strip() and row[1].strip()]
    return rows[0::2]


def main():
    counts = Counts([row for convention, path in enumerate(sys.argv[1:3]) for row in rows_of(path, convention)])
    print("# How words of journals' titles are abbreviated: counts of make_journal_words.py over one half of the lists of abbrv.jabref.org (entrez, general; CC0).")
    print("# A word, folded, and what becomes of it (= it stays, - it goes), by ISO 4 in a second column where that differs from NLM; ! titles that go on behind a full stop; ~ beginnings that join what follows a hyphen.")
    for key in sorted(counts.shapes.general):
        print("!", key)
    for key in sorted(counts.shapes.joined):
        print("~", key)
    rows = {word: (nlm, iso) for word, nlm, iso in counts.rows()} | {word: (short, short) for word, short in OF_LTWA.items()}
    for word, (nlm, iso) in sorted(rows.items()):
        print(word, nlm, *([] if iso == nlm else [iso]))


if __name__ == "__main__":
    main()
