"""Makes journal_words.txt: how words of journals' titles are abbreviated, counted in lists of titles and abbreviations.

    make_journal_words.py LIST.csv... > journal_words.txt

Of each list ("Full title","Abbreviation"[|"Another"]…) every other row is counted, from the first on; the rest is for measuring. A title and its abbreviation are aligned
word by word: each word of the abbreviation begins like its word of the title, and has its letters in order. What a word becomes most often is its row.
"""
import collections
import csv
import re
import sys
import unicodedata

KEPT, DROPPED = "=", "-"
LONGEST_DROPPED = 6
SECTION = re.compile(r"(?i)^(?:series|section|part|serie|sectio|serija|seriia|sezione|section|abteilung|abt|ausg|teil|ser|sect|pt)\.?\s+([a-z]|[ivx]+|\d+)\b")
LETTER = re.compile(r"^([A-Z]|[IVX]+|\d+)(?:[,:.\s]|$)")


def fold(word):
    word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    for one, two in (("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("ø", "o"), ("ł", "l"), ("đ", "d"), ("ı", "i")):
        word = word.replace(one, two).replace(one.upper(), two)
    return word.lower()


def words_of(text):
    """Initials are one word, elided articles are words."""
    text = re.sub(r"\b(?:[^\W\d_]\.\s?){2,}", lambda m: re.sub(r"[.\s]", "", m.group(0)) + " ", text)
    text = re.sub(r"(?i)\b(d|l|dell|all|sull|nell|dall|un|qu|s|j|n|c)['’](?=\w)", r"\1 ", text)
    return re.findall(r"[^\W_]+", re.sub(r"['’ʹ]", "", text))


def segments(title):
    title = title.strip().strip('"').strip()
    bracket = re.match(r"\[([^\]]{4,})\]", title)
    if bracket:
        title = bracket.group(1)
    inner = re.search(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)", title)
    bare = title if title.startswith("(") else re.sub(r"\s*\([^()]*(?:\([^()]*\)[^()]*)*\)\s*", " ", title)
    bare = re.split(r"\s+[:=]\s+|: ", bare)[0]
    parts = [part.strip() for part in re.split(r"(?<=\w\w)\.\s+|;\s+|\s+-+\s+| / ", bare) if part.strip()]
    if len(parts) == 1 and inner and inner.start() > 0:
        parts.append(f"({inner.group(1)})")
    return parts


class Counts:
    def __init__(self, rows):
        self.general, self.joined = set(), set()
        self.learn_shapes(rows)
        self.words = self.learn_words(rows)

    def learn_shapes(self, rows):
        """Titles such as "Bulletin", behind which the body belongs to the title, and beginnings such as "bio-", which are one word with what follows."""
        goes_on, ends, joined, apart = (collections.Counter() for _ in range(4))
        for title, forms in rows:
            short = words_of(bare(forms[-1]))
            parts = segments(title)
            if len(parts) > 1 and not SECTION.match(parts[1]) and not LETTER.match(parts[1]):
                first, body = words_of(parts[0]), words_of(parts[1].strip("()"))
                key = " ".join(map(fold, first))
                if len(first) <= 2 and len(short) > len(first) and body and align(first + body, short):
                    goes_on[key] += 1
                elif len(first) <= 2 and align(first, short):
                    ends[key] += 1
            for match in re.finditer(r"\b([^\W\d_]{2,})-([^\W\d_]+)", parts[0] if parts else ""):
                beginning = fold(match.group(1))
                folded = [fold(word) for word in short]
                if any(word.startswith(beginning) and len(word) > len(beginning) for word in folded):
                    joined[beginning] += 1
                elif any(beginning.startswith(word) and len(word) > 1 for word in folded):
                    apart[beginning] += 1
        self.general = {key for key in goes_on if goes_on[key] > ends[key]}
        self.joined = {key for key in joined if joined[key] > apart[key]}

    def words_of_title(self, title):
        parts = segments(title)
        if not parts:
            return words_of(title)
        head, at = parts[0], 1
        letters = head.replace(".", "")
        if len(parts) > 1 and " ".join(map(fold, words_of(head))) in self.general:
            head, at = f"{head} {parts[1].strip('()')}", 2
        elif len(parts) > 1 and letters.isupper() and letters.isalpha() and 2 <= len(letters) <= 8 and " " in parts[1] and not parts[1].startswith("("):
            head, at = f"{head} {parts[1]}", 2
        for part in parts[at:at + 1]:
            match = None if part.startswith("(") else SECTION.match(part) or LETTER.match(part)
            if match:
                head += " " + match.group(1)
            elif re.match(r"(?i)suppl", part):
                head += " " + part.split()[0].strip(".")
        head = re.sub(r"\b([^\W\d_]{2,})-(?=[^\W\d_])", lambda m: m.group(1) + ("" if fold(m.group(1)) in self.joined else "-"), head)
        return words_of(head)

    def learn_words(self, rows):
        counts = collections.defaultdict(collections.Counter)
        for title, forms in rows:
            long = self.words_of_title(title)
            if len(long) == 1 or is_syllabic(long):
                continue
            for form in forms:
                pairs = align(long, words_of(bare(form)))
                if pairs and sum(1 for word, short in pairs if not short and len(word) >= LONGEST_DROPPED) <= 2:
                    for word, short in pairs:
                        counts[fold(word)][DROPPED if not short else KEPT if fold(short) == fold(word) else fold(short)] += 1
                    break
        rows = {}
        for word, became in counts.items():
            most, times = became.most_common(1)[0]
            if most == DROPPED and (times < 2 or len(word) > LONGEST_DROPPED):
                others = {short: n for short, n in became.items() if short != DROPPED}
                if not others:
                    continue
                most = max(others, key=others.get)
            if len(word) > 1 or most == DROPPED:
                rows[word] = most
        return rows


def bare(form):
    return re.sub(r"\([^)]*\)|\[[^\]]*\]", "", form).replace(".", " ")


def is_syllabic(words):
    """Chinese and its like in Latin letters, which nobody abbreviates."""
    return len(words) >= 3 and sum(map(len, words)) / len(words) <= 3.5 and max(map(len, words)) <= 7


def abbreviates(short, word):
    short, word = fold(short), fold(word)
    if word.startswith(short):
        return True
    letters = iter(word)
    return len(short) >= 2 and short[:1] == word[:1] and all(c in letters for c in short)


def align(long, short):
    """Pairs of a word and what became of it, or None; few and short words are dropped rather than others."""
    least = -10 ** 9
    best = [[least] * (len(short) + 1) for _ in range(len(long) + 1)]
    best[0][0] = 0
    taken = {}
    for i, word in enumerate(long):
        for j in range(len(short) + 1):
            if best[i][j] == least:
                continue
            without = best[i][j] - (0.2 if len(word) <= 4 else 1)
            if without > best[i + 1][j]:
                best[i + 1][j], taken[i + 1, j] = without, False
            if j < len(short) and abbreviates(short[j], word):
                together = best[i][j] + (2 if fold(word).startswith(fold(short[j])) else 1) + len(short[j]) * 0.01
                if together > best[i + 1][j + 1]:
                    best[i + 1][j + 1], taken[i + 1, j + 1] = together, True
    if best[len(long)][len(short)] == least:
        return None
    pairs, j = [], len(short)
    for i in range(len(long), 0, -1):
        pairs.append((long[i - 1], short[j - 1] if taken[i, j] else ""))
        j -= taken[i, j]
    return pairs[::-1]


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = [(row[0].strip(), [form.strip() for form in row[1].split("|")]) for row in csv.reader(file, skipinitialspace=True) if len(row) >= 2 and row[0].strip() and row[1].strip()]
    return rows[0::2]


def main():
    counts = Counts([row for path in sys.argv[1:] for row in rows_of(path)])
    print("# How words of journals' titles are abbreviated: counts of make_journal_words.py over one half of the lists of abbrv.jabref.org (entrez, general; CC0).")
    print("# A word, folded, and what becomes of it (= it stays, - it goes); ! titles that go on behind a full stop; ~ beginnings that join what follows a hyphen.")
    for key in sorted(counts.general):
        print("!", key)
    for key in sorted(counts.joined):
        print("~", key)
    for word in sorted(counts.words):
        if re.fullmatch(r"[a-z0-9]+", word):
            print(word, counts.words[word])


if __name__ == "__main__":
    main()
