package report

import "github.com/flaghygiene/flaglint/analyzer"

// style colours text for a terminal, or does not.
type style bool

const (
	bold   = "1"
	dim    = "2"
	red    = "1;31"
	yellow = "1;33"
	blue   = "1;34"
)

func (s style) paint(code, text string) string {
	if !s || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func severityColor(s analyzer.Severity) string {
	switch s {
	case analyzer.SeverityError:
		return red
	case analyzer.SeverityWarning:
		return yellow
	}
	return blue
}
