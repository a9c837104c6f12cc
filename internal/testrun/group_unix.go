//go:build unix

package testrun

import (
	"os/exec"
	"syscall"
)

// group makes a command and all that it starts one process group, which is
// interrupted as a whole: the go command does not end the tests that it runs.
func group(cmd *exec.Cmd) (kill func()) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
	return func() {
		if cmd.Process != nil {
			_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		}
	}
}
