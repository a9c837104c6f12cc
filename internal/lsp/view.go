package lsp

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// view is a directory that is checked as `flaglint check` in it would.
type view struct {
	server *server
	dir    string // absolute, links resolved
	ctx    context.Context
	cancel context.CancelFunc

	signal chan struct{} // something is pending

	mu      sync.Mutex
	pending pending
	asked   int           // how often something became pending
	done    int           // up to which the snapshot is
	turned  chan struct{} // closed when done or the snapshot changes
	snap    *snapshot
	// interrupt ends the work that something more urgent may interrupt, nil: none.
	interrupt context.CancelFunc
	resting   bool            // nothing is pending and nothing is to be done later
	known     map[string]bool // the Go files of the program; nil: not loaded
	settings  []string        // the files that the settings were read from
}

// pending is what the worker is to look at.
type pending struct {
	reload, settings, republish bool
	saved                       bool            // a Go file was
	files                       map[string]bool // Go files that changed
}

func (p *pending) empty() bool { return !p.reload && !p.settings && !p.republish && p.files == nil }

// touch says how a file changed.
type touch int

const (
	touchedText    touch = iota // a document changed, or was closed
	touchedOpen                 // a document was opened
	touchedSave                 // a document was saved
	touchedDisk                 // the file changed on disk
	touchedFiles                // it came, or went
	touchedFolders              // the folders changed
)

func newView(s *server, dir string, ctx context.Context, cancel context.CancelFunc) *view {
	v := &view{server: s, dir: dir, ctx: ctx, cancel: cancel, signal: make(chan struct{}, 1), turned: make(chan struct{})}
	v.pending = pending{reload: true, settings: true}
	v.asked = 1
	v.signal <- struct{}{}
	return v
}

// touch notes that a file changed, if the view has to do with it.
func (v *view) touch(name string, how touch) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.note(name, how) {
		return
	}
	v.asked++
	v.resting = false
	if v.interrupt != nil && how != touchedOpen {
		v.interrupt()
	}
	select {
	case v.signal <- struct{}{}:
	default:
	}
}

func (v *view) note(name string, how touch) bool {
	p := &v.pending
	inside := within(v.dir, name)
	switch {
	case how == touchedFolders:
		p.republish = true
	case filepath.Base(name) == ".flaglint.yaml" || slices.Contains(v.settings, name):
		p.settings = true
	case isGoSetting(name):
		if how == touchedText || how == touchedOpen {
			return false // the go command reads the disk
		}
		p.reload = true
	case isGoFile(name) && (v.known[name] || inside):
		gone := how == touchedFiles && v.known[name] && !isFile(name)
		fresh := (how == touchedFiles || how == touchedDisk || how == touchedSave) && v.known != nil && !v.known[name]
		p.reload = p.reload || gone || fresh
		p.saved = p.saved || how == touchedSave
		if p.files == nil {
			p.files = map[string]bool{}
		}
		p.files[name] = true
	case inside && filepath.Ext(name) != ".go" && (v.settings == nil || how != touchedText && how != touchedOpen):
		// It may be a registry: the configuration can name them by a glob, and was
		// perhaps not read yet.
		p.settings = true
	default:
		return false
	}
	return true
}

// take hands what is pending to the worker, with the number that it is up to.
func (v *view) take() (pending, int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	p := v.pending
	v.pending = pending{}
	return p, v.asked
}

// settle makes a snapshot known, which is up to a number; nil: as it was.
func (v *view) settle(snap *snapshot, upTo int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if snap != nil {
		v.snap = snap
		v.known = snap.known
	}
	v.done = max(v.done, upTo)
	close(v.turned)
	v.turned = make(chan struct{})
}

// rest notes that nothing is left to do.
func (v *view) rest() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.resting = v.done == v.asked
	close(v.turned)
	v.turned = make(chan struct{})
}

// rested waits until nothing is left to do.
func (v *view) rested(ctx context.Context) error {
	for {
		v.mu.Lock()
		resting, turned := v.resting, v.turned
		v.mu.Unlock()
		if resting {
			return nil
		}
		select {
		case <-turned:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// setFiles says what the settings were read from.
func (v *view) setFiles(files []string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.settings = files
}

// interruptible returns a context that the next change ends.
func (v *view) interruptible() (context.Context, func()) {
	ctx, cancel := context.WithCancel(v.ctx)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.interrupt = cancel
	if len(v.signal) > 0 {
		cancel()
	}
	return ctx, func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.interrupt = nil
		cancel()
	}
}

// snapshot returns what is known once all that changed until now is taken in. It is
// nil where nothing could be loaded.
func (v *view) snapshot(ctx context.Context) (*snapshot, error) {
	v.mu.Lock()
	want := v.asked
	v.mu.Unlock()
	for {
		v.mu.Lock()
		snap, done, turned := v.snap, v.done, v.turned
		v.mu.Unlock()
		if done >= want {
			return snap, nil
		}
		select {
		case <-turned:
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-v.ctx.Done():
			return snap, nil
		}
	}
}

// reads reports whether a file is one that the settings were read from.
func (v *view) reads(name string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Contains(v.settings, name)
}

// loaded reports whether there is a snapshot.
func (v *view) loaded() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.snap != nil
}

// files are the files that the view depends on.
func (v *view) files() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	names := maps.Clone(v.known)
	if names == nil {
		names = map[string]bool{}
	}
	for _, name := range v.settings {
		names[name] = true
	}
	names[filepath.Join(v.dir, ".flaglint.yaml")] = true
	if module := moduleDir(v.dir); module != "" {
		names[filepath.Join(module, "go.mod")] = true
		names[filepath.Join(module, "go.work")] = true
	}
	return slices.Collect(maps.Keys(names))
}

// goFiles lists the Go files of the directories that the view has files in.
func (v *view) goFiles() []string {
	v.mu.Lock()
	dirs := map[string]bool{v.dir: true}
	for name := range v.known {
		dirs[filepath.Dir(name)] = true
	}
	v.mu.Unlock()
	var out []string
	for dir := range dirs {
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue
		}
		for _, e := range entries {
			if name := filepath.Join(dir, e.Name()); isGoFile(name) {
				out = append(out, name)
			}
		}
	}
	return out
}
