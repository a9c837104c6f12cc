package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/flaghygiene/flaglint/analyzer"
)

// maxMarkdown is how many findings a comment lists; GitHub takes 65536 characters.
const maxMarkdown = 100

// markdownCell keeps a text in its cell of a table, and what it says from being
// taken for markup or a mention.
var markdownCell = strings.NewReplacer(
	"\r", " ", "\n", " ", `\`, `\\`, "|", `\|`, "<", "&lt;", ">", "&gt;", "*", `\*`, "_", `\_`, "`", "\\`",
	"[", `\[`, "]", `\]`, "@", "@\u200b", "#", "\\#",
)

// Markdown writes the outcome as a comment on a pull request. Its first line is
// the same for every run, so that a script finds the comment to replace.
func (c Check) Markdown(w io.Writer, o Options) error {
	b := bufio.NewWriter(w)
	fmt.Fprint(b, "<!-- flaglint -->\n")
	var summary strings.Builder
	(&textWriter{Writer: &summary, opts: o.TextOptions}).summary(c)
	fmt.Fprintf(b, "### Feature flags\n\n%s", summary.String())
	if len(c.Findings) > 0 {
		fmt.Fprint(b, "\n| | where | finding | mend |\n|---|---|---|---|\n")
	}
	for i, f := range c.Findings {
		if i == maxMarkdown {
			fmt.Fprintf(b, "\nand %s.\n", plural(len(c.Findings)-i, "more finding", "more findings"))
			break
		}
		rule := f.Rule
		if r := analyzer.Lookup(f.Rule); r != nil {
			rule = fmt.Sprintf("[%s](%s)", f.Rule, r.URL())
		}
		mend := ""
		if f.Mend != "" {
			mend = code(f.Mend)
		}
		where := code(position(o.Paths.Show(f.Pos.Filename), f.Pos.Line, 0))
		fmt.Fprintf(b, "| %s | %s | %s (%s) | %s |\n", f.Severity, where, markdownCell.Replace(f.Message), rule, mend)
	}
	return b.Flush()
}

// code shows a text as code in a cell of a table, where a bar ends the cell even
// within code.
func code(text string) string {
	text = strings.NewReplacer("\r", " ", "\n", " ", "|", `\|`).Replace(text)
	ticks := "`"
	for strings.Contains(text, ticks) {
		ticks += "`"
	}
	if len(ticks) > 1 {
		return ticks + " " + text + " " + ticks
	}
	return ticks + text + ticks
}
