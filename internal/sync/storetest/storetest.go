// Package storetest starts the servers that tests of stores read from: the programs
// that the system has installed, on a port of the loopback, with their data in a
// directory that goes when the test ends.
package storetest

import (
	"bytes"
	"errors"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// Find returns the path of the first of the programs that is installed, looking in
// directories beside those of PATH. Without one, the test is skipped: packages says
// what to install.
func Find(t testing.TB, packages string, programs ...string) string {
	t.Helper()
	for _, name := range programs {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
		if found, _ := filepath.Glob(name); len(found) > 0 {
			return found[len(found)-1]
		}
	}
	t.Skipf("%v is not installed (apt-get install %s)", programs, packages)
	return ""
}

// Dir makes a directory for a server that runs as Run runs it.
func Dir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "flaglint-store-") // t.TempDir is too long for the path of a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Error(err)
		}
	})
	if err := own(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Port returns a port of the loopback that nothing listens on.
func Port(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// Run runs a program to its end, in a directory: as nobody, where the test runs as
// root, which most servers refuse.
func Run(t testing.TB, dir, program string, args ...string) {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	unprivileged(cmd)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
}

// patience bounds the start of a server.
const patience = time.Minute

// Wait waits until a server that takes connections is ready.
func Wait(t testing.TB, ready func() error) {
	t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		err := ready()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

// Serve starts a server, as Run runs programs, and waits until it takes connections at
// a port of the loopback. It ends with the test.
func Serve(t testing.TB, dir, port, program string, args ...string) {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	unprivileged(cmd)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	t.Cleanup(func() {
		stop(cmd.Process, false)
		select {
		case <-ended:
		case <-time.After(patience / 6):
			stop(cmd.Process, true)
			<-ended
		}
	})
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		conn, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", port))
		if err == nil {
			_ = conn.Close()
			return
		}
		select {
		case <-ended:
			t.Fatalf("%s ended:\n%s", program, out.String())
		default:
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s takes no connections", program) // out is still written to
		}
	}
}
