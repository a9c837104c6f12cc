package lsp

import (
	"path/filepath"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/baseline"
	"github.com/flaghygiene/flaglint/internal/report"
)

// oldFindings are those that a team lives with for now: like `flaglint check --baseline`,
// the server tells what is found beyond.
type oldFindings struct {
	known  baseline.Baseline // as it was last read without an error
	show   func(name string) string
	wrong  map[string][]diagnostic
	absent bool // the file does not exist, which was logged
}

// without leaves out the findings that the baseline has.
func (o oldFindings) without(findings []analyzer.Finding) []analyzer.Finding {
	if o.known == nil {
		return findings
	}
	fresh, _ := o.known.Filter(findings, o.show)
	return fresh
}

// baselineFile is the absolute name of the baseline, empty where none is asked for. The
// links of its directory are resolved, as those of the program's files are.
func (w *worker) baselineFile() string {
	if w.server.Baseline == "" {
		return ""
	}
	file := report.Paths{Dir: w.dir}.Abs(w.server.Baseline)
	return filepath.Join(realName(filepath.Dir(file)), filepath.Base(file))
}

// readBaseline takes the baseline from the texts of the settings. While it is wrong, the
// last one counts that was not. A directory that has none is checked without.
func (w *worker) readBaseline() {
	file := w.baselineFile()
	if file == "" {
		return
	}
	w.old.wrong = nil
	data := w.texts[realName(file)]
	if data == nil {
		if !w.old.absent {
			w.server.logf(messageWarning, "%s: the baseline does not exist, so all findings are told (flaglint check --baseline FILE --write-baseline writes one)", file)
		}
		w.old = oldFindings{absent: true}
		return
	}
	w.old.absent = false
	known, err := baseline.Parse(report.Paths{Dir: w.dir}.Show(file), data)
	if err != nil {
		w.old.wrong = w.problems(err)
		return
	}
	w.old.known, w.old.show = known, baseline.Show(report.Paths{Dir: w.dir}, file)
}
