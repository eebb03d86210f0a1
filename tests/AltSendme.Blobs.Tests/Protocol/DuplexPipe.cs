using System.IO.Pipelines;
using AltSendme.Blobs.Tests.Bao;

namespace AltSendme.Blobs.Tests.Protocol;

/// <summary>One end of a stream in memory.</summary>
internal sealed class DuplexPipe(PipeReader input, PipeWriter output) : IDuplexPipe
{
    public PipeReader Input => input;

    public PipeWriter Output => output;

    public static (DuplexPipe Getter, DuplexPipe Provider) Pair(PipeOptions? options = null)
    {
        Pipe there = new(options ?? Answers.Unlimited), back = new(options ?? Answers.Unlimited);
        return (new DuplexPipe(back.Reader, there.Writer), new DuplexPipe(there.Reader, back.Writer));
    }

    /// <summary>A stream whose peer has said <paramref name="bytes"/> and ended its side.</summary>
    public static (DuplexPipe Stream, PipeReader Sent) Saying(byte[] bytes)
    {
        var sent = new Pipe(Answers.Unlimited);
        return (new DuplexPipe(PipeReader.Create(new(bytes)), sent.Writer), sent.Reader);
    }
}
