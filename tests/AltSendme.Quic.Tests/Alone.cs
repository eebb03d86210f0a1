namespace AltSendme.Quic.Tests;

/// <summary>Tests that look at the memory of the whole process: nothing runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
