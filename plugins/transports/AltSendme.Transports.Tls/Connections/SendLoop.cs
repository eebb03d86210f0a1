using System.Text.Unicode;
using AltSendme.DirectConnections.Dialing;
using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Connections;

/// <summary>
/// The only writer of a connection: gathers frames of all streams in turn into one batch, hands it to TLS, and says farewell at the end.
/// One large write lets TLS make full records, and the copy into the batch spares a record (and a system call) for each header.
/// </summary>
internal sealed class SendLoop(TlsConnection connection, AuthenticatedLink link, ConnectionEnd end)
{
    private readonly byte[] _batch = GC.AllocateUninitializedArray<byte>(MuxLimits.BatchLength);

    /// <summary>Runs until the connection ends; never faults.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (!MustSayFarewell)
            {
                var length = connection.Gather(_batch);
                if (length > 0)
                    await link.Tls.WriteAsync(_batch.AsMemory(0, length));
                else if (end.IsDraining && !connection.HasUnsent)
                    break;
                else
                    await connection.Outgoing.WaitAsync();
            }

            if (WriteFarewell() is > 0 and var farewell)
                await link.Tls.WriteAsync(_batch.AsMemory(0, farewell));
            await link.Tls.ShutdownAsync();
            link.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        }
        catch (Exception exception) when (LinkFailure.Is(exception))
        {
            connection.OnLinkFailed("Writing to the peer failed.", exception);
        }
    }

    private bool MustSayFarewell => end.HasBegun && !end.IsDraining;

    private int WriteFarewell()
    {
        if (end.Farewell == Farewell.None || end.Closure is not { } closure)
            return 0;

        var reason = _batch.AsSpan(Frame.MaxHeaderLength, MuxLimits.MaxReasonLength);
        Utf8.FromUtf16(closure.Reason, reason, out _, out var reasonLength);   // cut between characters where it is too long
        var length = FrameWriter.Write(_batch, end.Farewell == Farewell.Close ? Frame.Close(closure.Code.Value, reasonLength) : Frame.Fault(end.FaultCode, reasonLength));
        reason[..reasonLength].CopyTo(_batch.AsSpan(length));
        return length + reasonLength;
    }
}
