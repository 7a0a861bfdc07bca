// Hand-written echo server on io_uring, one thread, without a library: multishot accept, multishot receive into a ring of
// provided buffers, sends submitted with the next wait. The yardstick for the completion port with the io_uring driver.
// usage: uring_echo PORT [BUFFER_BYTES]
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/io_uring.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ENTRIES = 4096, BUFFERS = 4096, GROUP = 1 };
enum kind { ACCEPT, RECEIVE, SEND };

static unsigned *sq_head, *sq_tail, sq_mask, *cq_head, *cq_tail, cq_mask, queued;
static struct io_uring_sqe *sqes;
static struct io_uring_cqe *cqes;
static struct io_uring_buf_ring *ring_of_buffers;
static char *buffers;
static unsigned buffer_bytes = 4096;
static int ring;

static void die(const char *what) { perror(what); exit(1); }

static void enter(unsigned wait)
{
    int done = (int)syscall(SYS_io_uring_enter, ring, queued, wait, wait ? IORING_ENTER_GETEVENTS : 0, NULL, 0);
    if (done > 0) queued -= (unsigned)done;
}

static struct io_uring_sqe *next(int op, int fd, enum kind kind, uint64_t what)
{
    unsigned tail = *sq_tail;
    while (tail - __atomic_load_n(sq_head, __ATOMIC_ACQUIRE) > sq_mask) enter(0);
    struct io_uring_sqe *sqe = &sqes[tail & sq_mask];
    memset(sqe, 0, sizeof *sqe);
    sqe->opcode = (uint8_t)op, sqe->fd = fd, sqe->user_data = (uint64_t)kind << 56 | what;
    __atomic_store_n(sq_tail, tail + 1, __ATOMIC_RELEASE);
    queued++;
    return sqe;
}

static void receive(int fd)
{
    struct io_uring_sqe *sqe = next(IORING_OP_RECV, fd, RECEIVE, (uint64_t)fd);
    sqe->ioprio = IORING_RECV_MULTISHOT;
    sqe->flags = IOSQE_BUFFER_SELECT;
    sqe->buf_group = GROUP;
}

static void give_back(unsigned buffer)
{
    struct io_uring_buf *place = &ring_of_buffers->bufs[ring_of_buffers->tail & (BUFFERS - 1)];
    place->addr = (uintptr_t)buffers + (size_t)buffer * buffer_bytes, place->len = buffer_bytes, place->bid = (uint16_t)buffer;
    __atomic_store_n(&ring_of_buffers->tail, ring_of_buffers->tail + 1, __ATOMIC_RELEASE);
}

static void set_up(void)
{
    struct io_uring_params p = { .flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_CQSIZE, .cq_entries = 4 * ENTRIES };
    if ((ring = (int)syscall(SYS_io_uring_setup, ENTRIES, &p)) < 0) die("io_uring_setup");
    char *sq = mmap(NULL, p.sq_off.array + p.sq_entries * 4 + p.cq_off.cqes + p.cq_entries * 16, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQ_RING);
    sqes = mmap(NULL, p.sq_entries * sizeof *sqes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQES);
    if (sq == MAP_FAILED || sqes == MAP_FAILED) die("mmap");
    sq_head = (void *)(sq + p.sq_off.head), sq_tail = (void *)(sq + p.sq_off.tail), sq_mask = *(unsigned *)(sq + p.sq_off.ring_mask);
    cq_head = (void *)(sq + p.cq_off.head), cq_tail = (void *)(sq + p.cq_off.tail), cq_mask = *(unsigned *)(sq + p.cq_off.ring_mask);
    cqes = (void *)(sq + p.cq_off.cqes);
    for (unsigned i = 0; i < p.sq_entries; i++) ((unsigned *)(sq + p.sq_off.array))[i] = i;
    size_t bytes = BUFFERS * sizeof(struct io_uring_buf);
    ring_of_buffers = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
    buffers = mmap(NULL, (size_t)BUFFERS * buffer_bytes, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
    struct io_uring_buf_reg reg = { .ring_addr = (uintptr_t)ring_of_buffers, .ring_entries = BUFFERS, .bgid = GROUP };
    if (syscall(SYS_io_uring_register, ring, IORING_REGISTER_PBUF_RING, &reg, 1)) die("buffer ring");
    for (unsigned i = 0; i < BUFFERS; i++) give_back(i);
}

int main(int argc, char **argv)
{
    int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (argc > 2) buffer_bytes = (unsigned)atoi(argv[2]);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (void *)&a, sizeof a) || listen(listener, 4096)) die("listen");
    set_up();
    next(IORING_OP_ACCEPT, listener, ACCEPT, 0)->ioprio = IORING_ACCEPT_MULTISHOT;
    for (;;) {
        enter(1);
        unsigned head = *cq_head, tail = __atomic_load_n(cq_tail, __ATOMIC_ACQUIRE);
        for (; head != tail; head++) {
            struct io_uring_cqe *cqe = &cqes[head & cq_mask];
            uint64_t what = cqe->user_data & 0xffffffffffffff;
            switch (cqe->user_data >> 56) {
            case ACCEPT:
                if (cqe->res < 0) continue;
                setsockopt(cqe->res, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                receive(cqe->res);
                break;
            case RECEIVE: {
                int fd = (int)what;
                if (cqe->res > 0) {
                    unsigned buffer = cqe->flags >> IORING_CQE_BUFFER_SHIFT;
                    struct io_uring_sqe *sqe = next(IORING_OP_SEND, fd, SEND, buffer);
                    sqe->addr = (uintptr_t)buffers + (size_t)buffer * buffer_bytes, sqe->len = (unsigned)cqe->res;
                    sqe->msg_flags = MSG_WAITALL | MSG_NOSIGNAL;
                } else if (cqe->res != -105 /* ENOBUFS: the buffers come back */) {
                    close(fd);
                    break;
                }
                if (!(cqe->flags & IORING_CQE_F_MORE)) receive(fd);
                break;
            }
            case SEND:
                give_back((unsigned)what);
            }
        }
        __atomic_store_n(cq_head, head, __ATOMIC_RELEASE);
    }
}
