package report

import (
	"strconv"

	"github.com/flaghygiene/flaglint/analyzer"
)

// Check is the outcome of `flaglint check`.
type Check struct {
	Findings []analyzer.Finding
	Packages int // packages looked at
	Files    int // Go files of these
	Flags    int // keys referenced or registered
	// References are the places that name or read a flag.
	References int
}

// count returns the number of findings of a severity.
func (c Check) count(s analyzer.Severity) int {
	n := 0
	for _, f := range c.Findings {
		if f.Severity == s {
			n++
		}
	}
	return n
}

// severities are those that a finding has, the worst first.
var severities = []analyzer.Severity{analyzer.SeverityError, analyzer.SeverityWarning, analyzer.SeverityInfo}

func itoa(n int) string { return strconv.Itoa(n) }

// plural renders "1 file", "2 files".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return itoa(n) + " " + many
}
