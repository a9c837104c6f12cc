package removal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Apply writes the plan's files, all or none. A file that is no longer what the
// plan was made from, that is read-only, or whose directory takes no new file
// is refused before anything is written. Each file is replaced by a rename, so
// that at any moment, and after a crash at any moment, it is the old one or the
// new one; what a symbolic link points to is written, with the mode that it had.
// When something fails on the way, or ctx is done, the files replaced so far are
// put back. An error that joins several means that this failed too; it names
// the copies that hold the old content.
func (p *Plan) Apply(ctx context.Context) error {
	return apply(ctx, p.Files, osFiles{})
}

// files is the part of the file system that apply changes; tests make it fail.
type files interface {
	// Write creates a file that did not exist, with the content durably in it.
	Write(dir string, mode fs.FileMode, data []byte) (name string, err error)
	// Keep gives the file a second name in its directory.
	Keep(name string) (kept string, err error)
	Rename(from, to string) error
	Remove(name string) error
	// Sync makes the renames in a directory durable.
	Sync(dir string) error
}

// write is one file on its way to disk.
type write struct {
	FileEdit
	target string // what a symbolic link points to
	mode   fs.FileMode
	temp   string // the new content; empty: none yet, or the file is to be deleted
	kept   string // a second name of the old content
	done   bool
}

func apply(ctx context.Context, edits []FileEdit, files files) (err error) {
	writes, err := check(edits)
	if err != nil {
		return err
	}
	defer func() {
		for _, w := range writes {
			if w.temp != "" {
				_ = files.Remove(w.temp)
			}
		}
	}()
	for _, w := range writes {
		if w.After == nil {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if w.temp, err = files.Write(filepath.Dir(w.target), w.mode, w.After); err != nil {
			return fmt.Errorf("%s: cannot write beside it: %w (nothing was changed)", w.Name, err)
		}
	}
	for _, w := range writes {
		if err = w.replace(ctx, files); err != nil {
			break
		}
	}
	if err == nil {
		err = syncDirs(writes, files)
	}
	if err != nil {
		return errors.Join(err, rollBack(writes, files))
	}
	for _, w := range writes {
		_ = files.Remove(w.kept) // the work is done; a leftover is no reason to undo it
	}
	return nil
}

// check finds what cannot be written, before anything is.
func check(edits []FileEdit) ([]*write, error) {
	var writes []*write
	var errs []error
	byTarget := map[string]*write{}
	for _, e := range edits {
		w, err := newWrite(e)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if other := byTarget[w.target]; other != nil {
			if !bytes.Equal(other.After, w.After) || (other.After == nil) != (w.After == nil) {
				errs = append(errs, fmt.Errorf("%s: is the same file as %s, with other changes (remove one of the links)", e.Name, other.Name))
			}
			continue
		}
		byTarget[w.target] = w
		writes = append(writes, w)
	}
	return writes, errors.Join(errs...)
}

func newWrite(e FileEdit) (*write, error) {
	target, err := filepath.EvalSymlinks(e.Name)
	if err != nil {
		return nil, changed(e.Name, err)
	}
	if e.After == nil {
		// The link goes; what it points to is deleted under its own name.
		if target, err = lexical(e.Name); err != nil {
			return nil, changed(e.Name, err)
		}
	}
	info, err := os.Stat(target)
	if err != nil {
		return nil, changed(e.Name, err)
	}
	if info.Mode().Perm()&0o200 == 0 {
		return nil, fmt.Errorf("%s: is read-only (make it writable, or leave its package out)", e.Name)
	}
	w := &write{FileEdit: e, target: target, mode: info.Mode().Perm()}
	return w, w.unchanged()
}

// lexical returns the name with links in its directory resolved, but not
// itself.
func lexical(name string) (string, error) {
	dir, err := filepath.EvalSymlinks(filepath.Dir(name))
	return filepath.Join(dir, filepath.Base(name)), err
}

func changed(name string, err error) error {
	return fmt.Errorf("%s: changed since it was read: %w (run again)", name, err)
}

// unchanged reports as an error that the file is not what the plan was made from.
func (w *write) unchanged() error {
	now, err := os.ReadFile(w.target)
	if err != nil {
		return changed(w.Name, err)
	}
	if !bytes.Equal(now, w.Before) {
		return fmt.Errorf("%s: changed since it was read (run again)", w.Name)
	}
	return nil
}

// replace puts the new content in the old one's place.
func (w *write) replace(ctx context.Context, files files) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := w.unchanged(); err != nil {
		return err
	}
	var err error
	if w.kept, err = files.Keep(w.target); err != nil {
		return fmt.Errorf("%s: cannot keep the old content: %w", w.Name, err)
	}
	if w.After == nil {
		err = files.Remove(w.target)
	} else {
		err = files.Rename(w.temp, w.target)
	}
	if err != nil {
		return fmt.Errorf("%s: cannot replace it: %w", w.Name, err)
	}
	w.temp, w.done = "", true
	return nil
}

// rollBack puts the old content back everywhere.
func rollBack(writes []*write, files files) error {
	var errs []error
	for _, w := range slices.Backward(writes) {
		switch {
		case w.done:
			if err := files.Rename(w.kept, w.target); err != nil {
				errs = append(errs, fmt.Errorf("%s: cannot be put back: %w (its old content is in %s)", w.Name, err, w.kept))
			}
		case w.kept != "":
			_ = files.Remove(w.kept)
		}
	}
	_ = syncDirs(writes, files)
	return errors.Join(errs...)
}

func syncDirs(writes []*write, files files) error {
	var dirs []string
	for _, w := range writes {
		if dir := filepath.Dir(w.target); w.done && !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	for _, dir := range dirs {
		if err := files.Sync(dir); err != nil {
			return fmt.Errorf("%s: cannot make the changes durable: %w", dir, err)
		}
	}
	return nil
}
