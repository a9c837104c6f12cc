package report

import (
	"bufio"
	"fmt"
	"io"
)

// Markdown writes the report as a page: what presses, by standing and by owner,
// and a table of the flags.
func (d Debt) Markdown(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# Feature flags of %s\n\n%s on %s.\n", markdownCell.Replace(d.Name), d.Headline(), d.Today)
	if len(d.Flags) == 0 {
		return b.Flush()
	}
	fmt.Fprint(b, "\n| standing | flags |\n|---|---:|\n")
	for _, c := range d.Standings() {
		fmt.Fprintf(b, "| %s | %d |\n", c.Name, c.Flags)
	}
	fmt.Fprint(b, "\n| owner | flags | to be gone already |\n|---|---:|---:|\n")
	for _, c := range d.Owners() {
		fmt.Fprintf(b, "| %s | %d | %d |\n", markdownCell.Replace(orNobody(c.Name)), c.Flags, c.Behind)
	}
	fmt.Fprint(b, "\n| flag | standing | due | kind | owner | reads | tests | findings | remove |\n|---|---|---|---|---|---:|---:|---:|---|\n")
	for _, f := range d.Flags {
		mend := f.mend()
		if mend != "" {
			mend = code(mend)
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %d | %d | %d | %s |\n", code(f.Key), f.Standing, f.When(), f.row().Kind,
			markdownCell.Replace(f.Owner()), f.Evaluations(), f.Tests(), len(f.Findings), mend)
	}
	return b.Flush()
}

// Headline sums the report up in a line.
func (d Debt) Headline() string {
	s := fmt.Sprintf("%s, %d to be gone already", plural(len(d.Flags), "flag", "flags"), d.BehindCount())
	if n := d.Errors + d.Warnings + d.Infos; n > 0 {
		s += ", " + plural(n, "finding", "findings")
	}
	if d.Dynamic > 0 {
		s += ", " + plural(d.Dynamic, "evaluation of a key that is not known", "evaluations of keys that are not known")
	}
	return s
}

func orNobody(owner string) string {
	if owner == "" {
		return "nobody"
	}
	return owner
}
