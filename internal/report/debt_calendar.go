package report

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Calendar writes an all-day event for the day of every flag that has one and is
// still in the code or the registry, as iCalendar (RFC 5545). The same flag keeps
// its UID, so that importing a later report moves its event.
func (d Debt) Calendar(w io.Writer) error {
	b := bufio.NewWriter(w)
	line := func(format string, args ...any) {
		b.WriteString(folded(fmt.Sprintf(format, args...)))
	}
	line("BEGIN:VCALENDAR")
	line("VERSION:2.0")
	line("PRODID:-//flaglint//flaglint//EN")
	line("X-WR-CALNAME:%s", calendarText.Replace("Feature flags of "+d.Name))
	for _, f := range d.Flags {
		if f.Due.IsZero() || f.Standing == StandingGone {
			continue
		}
		sum := sha256.Sum256([]byte(d.Name + "\x00" + f.Key))
		line("BEGIN:VEVENT")
		line("UID:%s@flaglint", hex.EncodeToString(sum[:16]))
		line("DTSTAMP:%sT000000Z", compact(d.Today.String()))
		line("DTSTART;VALUE=DATE:%s", compact(f.Due.String()))
		line("DTEND;VALUE=DATE:%s", compact(f.Due.AddDays(1).String()))
		line("SUMMARY:%s", calendarText.Replace("Remove flag "+f.Key))
		line("DESCRIPTION:%s", calendarText.Replace(f.story()))
		if o := f.Owner(); o != "" {
			line("CATEGORIES:%s", calendarText.Replace(o))
		}
		line("TRANSP:TRANSPARENT")
		line("END:VEVENT")
	}
	line("END:VCALENDAR")
	return b.Flush()
}

// story tells what is known of a flag in a few lines.
func (f DebtFlag) story() string {
	row := f.row()
	lines := []string{string(f.Standing) + ": " + f.When()}
	for _, l := range [][2]string{{"", row.Description}, {"owner: ", row.Owner}, {"kind: ", string(row.Kind)}, {"issue: ", row.Issue}} {
		if l[1] != "" {
			lines = append(lines, l[0]+l[1])
		}
	}
	lines = append(lines, plural(f.Evaluations(), "evaluation", "evaluations")+", "+plural(f.Tests(), "reference", "references")+" in tests")
	if m := f.mend(); m != "" {
		lines = append(lines, m)
	}
	return strings.Join(lines, "\n")
}

func compact(date string) string { return strings.ReplaceAll(date, "-", "") }

// calendarText escapes a value of type TEXT (RFC 5545, 3.3.11).
var calendarText = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// folded ends a content line, and breaks it before it is longer than 75 bytes, not
// within a character (RFC 5545, 3.1).
func folded(s string) string {
	const limit = 75
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n+utf8.RuneLen(r) > limit {
			b.WriteString("\r\n ")
			n = 1
		}
		b.WriteRune(r)
		n += utf8.RuneLen(r)
	}
	b.WriteString("\r\n")
	return b.String()
}
