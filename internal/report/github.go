package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/flaghygiene/flaglint/analyzer"
)

// The characters that GitHub's workflow commands give a meaning to, in messages
// and in properties.
var (
	githubText     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// GitHub writes the outcome as workflow commands, which GitHub Actions shows as
// annotations in the diff.
func (c Check) GitHub(w io.Writer, o Options) error {
	b := bufio.NewWriter(w)
	for _, f := range c.Findings {
		command := "notice"
		switch f.Severity {
		case analyzer.SeverityError:
			command = "error"
		case analyzer.SeverityWarning:
			command = "warning"
		}
		fmt.Fprintf(b, "::%s file=%s", command, githubProperty.Replace(o.Paths.Show(f.Pos.Filename)))
		if f.Pos.Line > 0 {
			fmt.Fprintf(b, ",line=%d", f.Pos.Line)
			if f.End.Line > f.Pos.Line {
				// Columns are only allowed where the lines are the same.
				fmt.Fprintf(b, ",endLine=%d", f.End.Line)
			} else if f.Pos.Column > 0 {
				fmt.Fprintf(b, ",col=%d", f.Pos.Column)
				if f.End.Column > f.Pos.Column {
					fmt.Fprintf(b, ",endColumn=%d", f.End.Column)
				}
			}
		}
		fmt.Fprintf(b, ",title=%s::%s\n", githubProperty.Replace(name+" "+f.Rule), githubText.Replace(o.message(f)))
	}
	return b.Flush()
}
