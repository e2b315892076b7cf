/*
 * The process of a pod's sandbox: it holds the pod's namespaces and does nothing. It ends at once on SIGTERM or SIGINT,
 * which the kernel would ignore for a first process without a handler, and where it is the first process of a shared
 * process namespace, it buries the children that others left behind.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void end(int signo) {
  (void)signo;
  _exit(0);
}

static void reap(int signo) {
  int saved = errno;
  (void)signo;
  while (waitpid(-1, NULL, WNOHANG) > 0) {
  }
  errno = saved;
}

static void on(int signo, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  if (sigaction(signo, &action, NULL) < 0) {
    perror("pause: sigaction");
    exit(1);
  }
}

int main(void) {
  on(SIGINT, end);
  on(SIGTERM, end);
  on(SIGCHLD, reap);
  for (;;) pause();
}
