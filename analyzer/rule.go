package analyzer

import (
	"strings"

	"github.com/flaghygiene/flaglint/docs"
)

// FixKind says whether a rule's findings can be mended by edits.
type FixKind string

// The kinds of fix.
const (
	FixNone      FixKind = "none"
	FixSometimes FixKind = "sometimes"
	FixAlways    FixKind = "always"
)

// Rule is what is known of a rule before it runs. The rules themselves are in
// Rules; a Rule is never changed.
type Rule struct {
	Name     string   // as configuration and output name it: "expired-flag"
	Title    string   // what it finds, in one line, without a full stop
	Severity Severity // unless configured
	// Off: the rule runs only where the configuration names it.
	Off bool
	// NeedsRegistry: without a registry the rule finds nothing.
	NeedsRegistry bool
	// WholeProgram: the rule works, or works fully, only in Suite.Finish.
	WholeProgram bool
	Fix          FixKind
	Options      []Option

	// check reports what one package shows; nil where only the program does.
	// In a driver that calls Finish it runs only if finish is nil.
	check func(*pass)
	// finish reports what the whole program shows.
	finish func(*program)
	// uses names the parts of a package that check asks for.
	uses uses
}

// uses says which helper analyzers a rule's check requires.
type uses uint8

const (
	usesFlow   uses = 1 << iota // regions controlled by flags
	usesOthers                  // what the rules before it in Rules found
)

// AnalyzerName is the rule's name as go/analysis takes it, an identifier.
func (r *Rule) AnalyzerName() string { return strings.ReplaceAll(r.Name, "-", "") }

// URL is where the rule's page is read.
func (r *Rule) URL() string {
	return "https://github.com/flaghygiene/flaglint/blob/main/docs/rules/" + r.Name + ".md"
}

// Page is the rule's page in Markdown: what it finds and why, a bad and a good
// example, and its options.
func (r *Rule) Page() string { return docs.Rule(r.Name) }

// Summary is what the page says before its examples, in Markdown.
func (r *Rule) Summary() string {
	_, text, _ := strings.Cut(r.Page(), "-->\n")
	text, _, _ = strings.Cut(text, "## Bad")
	return strings.TrimSpace(text)
}

// doc is what a driver prints of the rule: its title and its summary.
func (r *Rule) doc() string { return r.Title + "\n\n" + r.Summary() }

// Lookup returns the rule of a name, or nil.
func Lookup(name string) *Rule {
	for _, r := range Rules() {
		if r.Name == name {
			return r
		}
	}
	return nil
}
