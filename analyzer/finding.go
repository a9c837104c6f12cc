package analyzer

import (
	"fmt"
	"go/token"
	"slices"

	"github.com/flaghygiene/flaglint/registry"
)

// Severity says how bad a finding is; a higher one is worse.
type Severity int

// The severities. SeverityOff is what a configuration gives a rule that is not
// to run.
const (
	SeverityOff Severity = iota
	SeverityInfo
	SeverityWarning
	SeverityError
)

var severityNames = [...]string{"off", "info", "warning", "error"}

// String renders the severity as the configuration and the JSON output name it.
func (s Severity) String() string {
	if s < 0 || int(s) >= len(severityNames) {
		return fmt.Sprintf("Severity(%d)", int(s))
	}
	return severityNames[s]
}

// ParseSeverity reads off, info, warning or error.
func ParseSeverity(s string) (Severity, error) {
	for i, name := range severityNames {
		if s == name {
			return Severity(i), nil
		}
	}
	return 0, fmt.Errorf("%q is no severity (want error, warning, info or off)", s)
}

// Safety says whether a fix may be applied without a person looking at it.
type Safety string

// The safeties of a fix.
const (
	// Safe: the result compiles, and behaves as the program did wherever the
	// finding is right.
	Safe Safety = "safe"
	// Unsafe: the fix says what is probably meant, which only a person can tell.
	Unsafe Safety = "unsafe"
)

// Finding is what a rule found at one place.
type Finding struct {
	Rule     string
	Severity Severity
	Flag     string // the key; empty where the finding is about no single flag
	Message  string
	// Pos and End are in Go code, or in a registry: then Pos.Filename is the
	// registry's file, and Offset is 0.
	Pos, End token.Position
	// Function is the enclosing function as the inventory names it
	// ("shop.(*Cart).Total"); empty outside of functions. Finish fills it in.
	Function string
	// Row is the registry row that the flag was held against; its zero value
	// means that no registry has the flag, or that the rule asks none.
	Row registry.Position
	// Mend is the command that mends the finding, or tells how to.
	Mend    string
	Related []Related
	Fixes   []Fix
}

// Text is the message with the registry row and the command that mends it, for
// outputs that have one line for everything.
func (f Finding) Text() string {
	switch {
	case f.Row.File != "" && f.Mend != "":
		return fmt.Sprintf("%s (%s; %s)", f.Message, f.Row, f.Mend)
	case f.Row.File != "":
		return fmt.Sprintf("%s (%s)", f.Message, f.Row)
	case f.Mend != "":
		return fmt.Sprintf("%s (%s)", f.Message, f.Mend)
	}
	return f.Message
}

// Related is another place that a finding speaks of.
type Related struct {
	Pos     token.Position
	Message string
}

// Fix is a change that mends a finding. Message is the same for every finding of
// a kind, and names no key.
type Fix struct {
	Message string
	Safety  Safety
	Edits   []Edit
}

// SortEdits returns edits by file and place.
func SortEdits(edits []Edit) []Edit {
	return slices.SortedStableFunc(slices.Values(edits), func(a, b Edit) int { return comparePositions(a.Start, b.Start) })
}

// Edit replaces the bytes of a file from Start.Offset to End.Offset.
type Edit struct {
	Start, End token.Position
	New        string
}
