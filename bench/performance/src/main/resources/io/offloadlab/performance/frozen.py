"""Times a network as frozen TorchScript, optimised for inference. Arguments: network, batch, threads; then on standard
input a number of runs per line, answered with the seconds that they took. Weights are random: time does not depend on them."""
import sys
import time

import torch
from torch import nn
import torch.nn.functional as F

network, batch, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)


class Block(nn.Module):
    def __init__(self, cin, cout, stride, mid):
        super().__init__()
        self.c1, self.b1 = nn.Conv2d(cin, mid, 3, stride, 1, bias=False), nn.BatchNorm2d(mid)
        self.c2, self.b2 = nn.Conv2d(mid, cout, 3, 1, 1, bias=False), nn.BatchNorm2d(cout)
        self.short = nn.Sequential()
        if stride != 1 or cin != cout:
            self.short = nn.Sequential(nn.Conv2d(cin, cout, 1, stride, bias=False), nn.BatchNorm2d(cout))

    def forward(self, x):
        return F.relu(self.b2(self.c2(F.relu(self.b1(self.c1(x))))) + self.short(x))


def head(channels, pooled):
    return [nn.AvgPool2d(4), nn.Flatten(), nn.Linear(channels * pooled * pooled, 10)]


# Filters between the two convolutions of each block; the name of a network may give others: 51/13/...
blocks = [(64, 64, 1), (64, 64, 1), (64, 128, 2), (128, 128, 1), (128, 256, 2), (256, 256, 1), (256, 512, 2), (512, 512, 1)]
mids = [b[1] for b in blocks] if not network[0].isdigit() else [int(m) for m in network.split('/')]
body = [Block(cin, cout, stride, mid) for (cin, cout, stride), mid in zip(blocks, mids)]
root = [nn.Conv2d(3, 64, 3, 1, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU()]
if network == 'exit-3':
    layers = root + [Block(64, 64, 1, 64)] + head(64, 8)
elif network == 'exit-5':
    layers = root + body[:4] + [Block(128, 128, 1, 128)] + head(128, 4)
else:
    layers = root + body + head(512, 1)
net, x = nn.Sequential(*layers).eval(), torch.randn(batch, 3, 32, 32)
with torch.no_grad():
    script = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(net, x, check_trace=False)))
    for _ in range(4):
        script(x)
    print('ready', torch.__version__, flush=True)
    for line in sys.stdin:
        begun = time.perf_counter()
        for _ in range(int(line)):
            script(x)
        print(time.perf_counter() - begun, flush=True)
