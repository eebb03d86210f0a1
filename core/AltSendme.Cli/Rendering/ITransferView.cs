using AltSendme.Core.Progress;

namespace AltSendme.Cli.Rendering;

/// <summary>Shows a transfer as it goes on. Events may come from any thread; disposing ends what moves on the screen, so that something else can be written.</summary>
internal interface ITransferView : IProgress<TransferEvent>, IAsyncDisposable;
