package lsp

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/gittag"
	"github.com/flaghygiene/flaglint/internal/live"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/settings"
	"github.com/flaghygiene/flaglint/registry"
)

// How long the worker waits for the user to stop typing.
const (
	// beforeRest: until what imports the changed packages is typed again.
	beforeRest = 400 * time.Millisecond
	// beforeLoad: until the go command is asked again for a change of imports.
	beforeLoad = 700 * time.Millisecond
)

// worker is what only the goroutine of a view works with.
type worker struct {
	*view
	set   *settings.Settings      // that were read last without an error; nil: never
	texts map[string][]byte       // of the files that the settings were read from
	wrong map[string][]diagnostic // of the settings
	found map[string][]diagnostic // of the program
	old   oldFindings
	today registry.Date
	prog  *live.Program
	// rejudge: the rules, or what they are held against, have changed. reload: the
	// go command is to be asked again.
	rejudge, reload bool
	hidden          hiddenFiles
	// refused: the settings name what the program does not have.
	refused bool
	garbage bool   // much was allocated that is of no use any more
	told    string // the last complaint that the user was shown
	broken  bool
}

// run is the view's goroutine.
func (v *view) run() {
	w := &worker{view: v}
	var later <-chan time.Time
	for {
		select {
		case <-v.ctx.Done():
			return
		case <-v.signal:
		case <-later:
		}
		if later = w.turn(); later == nil {
			w.rest()
			if w.garbage {
				w.garbage = false
				debug.FreeOSMemory()
			}
		}
	}
}

// turn takes in what is pending, tells what follows at once, and returns when to do
// the rest: what imports a changed package, and asking the go command again, wait
// until the user rests.
func (w *worker) turn() (later <-chan time.Time) {
	p, upTo := w.take()
	defer func() {
		if r := recover(); r != nil {
			w.server.logf(messageError, "%s: %v (this is a bug of flaglint: please report it)\n%s", w.dir, r, debug.Stack())
			w.prog, w.reload = nil, false
			w.settle(nil, upTo)
		}
	}()
	docs := w.server.docs.all()
	if today := w.server.Today(); today != w.today {
		w.today, w.rejudge = today, true
	}
	if p.settings {
		w.rejudge = w.readSettings(docs) || w.rejudge
	}
	idle := p.empty()
	switch {
	case w.set == nil: // nothing to hold the code against
	case p.reload, p.saved && w.prog != nil && len(w.prog.Broken()) > 0, w.prog == nil && !idle, w.reload && idle:
		w.load(docs)
	case w.prog != nil:
		edits := w.changed(p.files, docs)
		w.reload = w.prog.Edit(edits) || w.reload
		if len(edits) > 0 && w.prog.Refresh(w.ctx, slices.Collect(maps.Keys(edits))...) != nil {
			return nil // the view has ended
		}
	}
	switch {
	case w.prog == nil, w.refused:
		w.publish(docs)
	case w.rejudge || idle && w.prog.Stale() && !w.typing(docs):
		if !w.finish(docs) {
			return nil // something more urgent is pending
		}
	default:
		w.publish(docs)
	}
	w.settle(nil, upTo)
	switch {
	case w.prog == nil, w.refused, w.typing(docs): // what is half written would make others wrong
	case w.prog.Stale():
		return time.After(beforeRest)
	case w.reload:
		return time.After(beforeLoad)
	}
	return nil
}

// finish brings everything up to date and tells it, unless a change interrupts it.
func (w *worker) finish(docs map[string]*document) bool {
	ctx := w.ctx
	if w.snap != nil {
		interruptible, done := w.interruptible()
		defer done()
		ctx = interruptible
	}
	if w.rejudge {
		suite, err := w.suite(ctx)
		if err != nil {
			w.wrong = w.problems(err)
			w.rejudge = false
			w.publish(docs)
			return true
		}
		if w.prog.Judge(ctx, suite) != nil {
			return false
		}
	} else if w.prog.Refresh(ctx) != nil {
		return false
	}
	w.rejudge, w.garbage = false, true
	if err := w.prog.Err(); err != nil {
		w.server.logf(messageError, "%s", err)
	}
	w.publish(docs)
	return true
}

// load asks the go command for the program anew.
func (w *worker) load(docs map[string]*document) {
	done := w.server.progress(w.ctx, nil, "Finding flags in "+filepath.Base(w.dir), "loading packages")
	defer done()
	w.reload = false
	prog, err := live.Load(w.ctx, load.Options{
		Dir: w.dir, Patterns: []string{"./..."}, Tests: w.server.Tests, Configs: w.server.Configs, Env: w.server.Env,
		Overlay: w.overlay(docs), Through: live.Through(w.set),
	})
	if err != nil {
		if w.ctx.Err() == nil {
			w.complain(w.dir + ": " + err.Error())
		}
		return // what was loaded before is better than nothing
	}
	w.told = ""
	w.prog, w.rejudge, w.hidden = prog, true, hiddenFiles{}
	w.checkProviders()
	if broken := prog.Loaded().Broken(); broken != w.broken {
		w.broken = broken
		if broken {
			w.server.logf(messageInfo, "%s: packages with errors are left out: %s", w.dir, prog.Loaded().Errors[0])
		}
	}
}

// complain shows the user something, once.
func (w *worker) complain(text string) {
	if w.told != text {
		w.told = text
		w.server.show(messageError, "%s", text)
	}
}

// overlay are the documents that are not as on disk.
func (w *worker) overlay(docs map[string]*document) map[string][]byte {
	out := map[string][]byte{}
	for name, doc := range docs {
		if isGoFile(name) && unsaved(doc) {
			out[name] = doc.text.data
		}
	}
	return out
}

// unsaved reports whether a document is not as on disk.
func unsaved(doc *document) bool {
	data, err := os.ReadFile(doc.name)
	return err != nil || !bytes.Equal(data, doc.text.data)
}

// changed are those of the files that are not as the program has them.
func (w *worker) changed(files map[string]bool, docs map[string]*document) map[string][]byte {
	out := map[string][]byte{}
	for name := range files {
		var data []byte
		if doc := docs[name]; doc != nil {
			data = doc.text.data
		} else if disk, err := os.ReadFile(name); err == nil {
			data = disk
		} else {
			continue // what a file that went means, the go command tells
		}
		have, ok := w.prog.Loaded().Sources[name]
		switch {
		case ok && !bytes.Equal(have, data):
			out[name] = data
		case !ok && w.hidden.new(name, data):
			out[name] = data
		}
	}
	return out
}

// readSettings reads the configuration and the registries. It reports whether
// something is to be done about it.
func (w *worker) readSettings(docs map[string]*document) bool {
	overlay := map[string][]byte{}
	for name, doc := range docs {
		if !isGoFile(name) && isFile(name) {
			overlay[name] = doc.text.data
		}
	}
	read := func(name string) []byte {
		if data, ok := overlay[name]; ok {
			return data
		}
		data, _ := os.ReadFile(name) // what is wrong with it is told elsewhere
		return data
	}
	set, err := settings.Read(settings.Options{Dir: w.dir, File: w.server.Config, Registries: w.server.Registries, Overlay: overlay})
	texts := map[string][]byte{}
	for _, name := range set.Files {
		texts[name] = read(name)
	}
	w.setFiles(set.Files)
	if file := w.baselineFile(); file != "" {
		texts[realName(file)] = read(realName(file))
		w.setFiles(append(slices.Clone(set.Files), realName(file)))
	}
	same := maps.EqualFunc(texts, w.texts, bytes.Equal)
	w.texts = texts
	w.readBaseline()
	if err != nil {
		w.wrong = w.problems(err)
		return false
	}
	if same && w.set != nil && w.wrong == nil {
		return false
	}
	w.wrong = nil
	if w.set != nil && !slices.Equal(live.Through(set), live.Through(w.set)) {
		w.prog = nil // other packages are to be typed
	}
	w.set = set
	if w.prog != nil {
		w.checkProviders()
	}
	return true
}

// checkProviders holds the settings against the program.
func (w *worker) checkProviders() {
	err := live.CheckProviders(w.set, w.prog.Loaded())
	if w.refused = err != nil; w.refused {
		w.wrong = w.problems(err)
	}
}

// suite makes the rules, as check has them.
func (w *worker) suite(ctx context.Context) (*analyzer.Suite, error) {
	c := analyzer.Config{
		Registry: w.set.Registry, Specs: w.set.Specs, Today: w.today, Rules: w.set.Rules(),
		MinSeverity: analyzer.SeverityWarning, Exclude: w.set.Excluded,
	}
	if gittag.Matters(w.set.Registry) {
		c.NextVersion = gittag.NextVersion(ctx, w.dir)
	}
	return analyzer.New(c)
}

// hiddenFiles are the Go files that the program does not hold.
type hiddenFiles struct {
	asked map[string]string // what the go command was asked about, by the head of the file
	names []string          // nil: not listed yet
}

// new reports whether the go command was not asked yet about a file that begins
// so.
func (h *hiddenFiles) new(name string, data []byte) bool {
	head, _, _ := strings.Cut(string(data), "\nfunc ")
	if h.asked == nil {
		h.asked = map[string]string{}
	}
	if before, ok := h.asked[name]; ok && before == head {
		return false
	}
	h.asked[name] = head
	return true
}
