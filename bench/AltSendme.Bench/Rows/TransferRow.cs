using AltSendme.Bench.Contenders;
using AltSendme.Bench.Processes;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>1 GiB between two processes over loopback, into a file: ours over each transport alone, the peer, and one with the other.</summary>
internal sealed class TransferRow : IRow
{
    private const long GiB = 1L << 30;
    private const double TimesThePeer = 2.5;
    private const double TimesThePeerOverTls = 3;
    private const string Peer = "iroh 0.35";

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var (iroh, tls, peer) = (workbench.OverIroh, workbench.OverTls, workbench.Iroh);
        var medians = await Sampling.AlternateAsync(workbench.Repetitions,
            () => MeasureAsync(iroh, iroh), () => MeasureAsync(tls, tls), () => MeasureAsync(iroh, peer), () => MeasureAsync(peer, iroh), () => MeasureAsync(peer, peer));
        var (overIroh, overTls, toPeer, fromPeer, between) = (medians[0], medians[1], medians[2], medians[3], medians[4]);
        var overMsQuic = workbench.OverMsQuic is { } msQuic ? (await Sampling.AlternateAsync(workbench.Repetitions, () => MeasureAsync(msQuic, msQuic)))[0] : null;
        return
        [
            Finding.Speed("1 GiB received over the iroh transport, from the receiver's start to its end", overIroh[0], Peer, between[0], TimesThePeer, GiB),
            Finding.Speed("over the TLS transport", overTls[0], Peer, between[0], TimesThePeerOverTls, GiB),
            .. overMsQuic is null ? Array.Empty<Finding>() : [Finding.Speed("over the MsQuic transport", overMsQuic[0], Peer, between[0], bytes: GiB)],
            Finding.Speed("sent by us, received by the peer", toPeer[0], $"{Peer} to itself", between[0], atLeast: 1, GiB),
            Finding.Speed("sent by the peer, received by us", fromPeer[0], $"{Peer} to itself", between[0], atLeast: 1, GiB),
            Finding.Speed("over the iroh transport, against the peer's download alone, without its start and its copy out of the store", overIroh[0], Peer, between[1], bytes: GiB),
            Finding.Speed("processor time of the sender, iroh transport", overIroh[2], Peer, between[2]),
            Finding.Speed("processor time of the receiver, iroh transport", overIroh[3], Peer, between[3]),
            Finding.Speed("processor time of the sender, TLS transport", overTls[2], Peer, between[2]),
            Finding.Speed("processor time of the receiver, TLS transport", overTls[3], Peer, between[3]),
        ];

        async Task<TimeSpan[]> MeasureAsync(IContender from, IContender to)
        {
            var transfer = await Transfer.MeasureAsync(from, to, workbench.GibibyteFile, workbench, cancellationToken);
            return [transfer.Received, transfer.Downloaded, transfer.Sender.Processor, transfer.Receiver.Processor];
        }
    }
}
