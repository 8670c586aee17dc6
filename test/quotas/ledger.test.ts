import { testLedger } from './ledger.ts';

testLedger([20261121]);
